import { ProblemError } from '../http/problem.error';

const WAIT_SECONDS = 2;

/**
 * Lets so many works of a kind be under way in this process, and fewer of one person. Fails at once
 * with `rate_limited` beyond that.
 */
export class ConcurrencyLimit {
  private taken = 0;
  private readonly byPerson = new Map<number, number>();

  /** @param works what they are called, in a sentence that people read */
  constructor(
    private readonly works: string,
    private readonly max: { ofAll: number; ofOne: number },
    /** Nobody is refused where it is off. */
    private readonly isOn: boolean,
  ) {}

  async hold<T>(personId: number, work: () => Promise<T>): Promise<T> {
    const own = this.byPerson.get(personId) ?? 0;
    const isFull = own >= this.max.ofOne || this.taken >= this.max.ofAll;
    if (this.isOn && isFull) throw this.tooMany();
    this.taken += 1;
    this.byPerson.set(personId, own + 1);
    try {
      return await work();
    } finally {
      this.leave(personId);
    }
  }

  private leave(personId: number): void {
    this.taken -= 1;
    const left = (this.byPerson.get(personId) ?? 1) - 1;
    if (left === 0) this.byPerson.delete(personId);
    else this.byPerson.set(personId, left);
  }

  private tooMany(): ProblemError {
    return new ProblemError(
      'rate_limited',
      `Too many ${this.works} are under way. Wait a moment.`,
      {
        retryAfter: WAIT_SECONDS,
      },
    );
  }
}
