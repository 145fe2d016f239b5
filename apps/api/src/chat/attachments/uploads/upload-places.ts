import { ProblemError } from '../../../platform/http/problem.error';

const WAIT_SECONDS = 2;

/**
 * Lets so many uploads be under way in this process, and fewer of one person: they fill the disk
 * before they count for anything. Fails at once with `rate_limited` beyond that.
 */
export class UploadPlaces {
  private taken = 0;
  private readonly byPerson = new Map<number, number>();

  constructor(
    private readonly max: number,
    private readonly maxOfOne: number,
  ) {}

  async hold<T>(personId: number, work: () => Promise<T>): Promise<T> {
    const own = this.byPerson.get(personId) ?? 0;
    if (own >= this.maxOfOne || this.taken >= this.max) throw tooMany();
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
}

function tooMany(): ProblemError {
  return new ProblemError('rate_limited', 'Too many uploads are under way. Wait a moment.', {
    retryAfter: WAIT_SECONDS,
  });
}
