import { ProblemError } from '../http/problem.error';

export interface BatchOptions<T, R> {
  /** How many batches run at once. */
  lanes: number;
  /** Items of one batch, at most. */
  size: number;
  /** Items with the same key run one after the other. */
  keyOf: (item: T) => unknown;
  /** One result for each item, in their order; when it fails, all of them fail. */
  run: (items: T[]) => Promise<(R | Promise<R>)[]>;
  /** Failures that all who wait would meet as well: they need not wait for it. */
  failsAll: (error: unknown) => boolean;
}

interface Waiting<T, R> {
  item: T;
  since: number;
  resolve: (result: R | Promise<R>) => void;
  reject: (error: unknown) => void;
}

const MAX_WAITING = 1_000;
const MAX_WAIT_MS = 2_000;

/**
 * Work of the same moment done together: what comes while all lanes are busy waits, and goes as one
 * batch when a lane is free, in the order it came. With nobody else there is no wait. What would
 * have to wait for more than 2 s, or behind 1,000 others, fails with `unavailable`, never begun.
 */
export class Batches<T, R> {
  private waiting: Waiting<T, R>[] = [];
  /** Keys of what runs. */
  private readonly busy = new Set<unknown>();
  private running = 0;
  private expiry: NodeJS.Timeout | null = null;

  constructor(private readonly options: BatchOptions<T, R>) {}

  async add(item: T): Promise<R> {
    if (this.waiting.length >= MAX_WAITING) throw ProblemError.unavailable();
    return new Promise<R>((resolve, reject) => {
      this.waiting.push({ item, since: performance.now(), resolve, reject });
      this.fillLanes();
    });
  }

  private fillLanes(): void {
    while (this.running < this.options.lanes && this.waiting.length > 0) {
      const batch = this.takeNext();
      if (batch.length === 0) break;
      this.run(batch);
    }
    this.watchTheTime();
  }

  private run(batch: Waiting<T, R>[]): void {
    this.running += 1;
    this.options.run(batch.map(({ item }) => item)).then(
      (results) => {
        for (const [n, one] of batch.entries()) this.finish(one, results[n] as R | Promise<R>);
        this.goOn();
      },
      (error: unknown) => {
        for (const one of batch) this.fail(one, error);
        if (this.options.failsAll(error)) {
          for (const one of this.waiting.splice(0)) one.reject(error);
        }
        this.goOn();
      },
    );
  }

  private goOn(): void {
    this.running -= 1;
    this.fillLanes();
  }

  private finish({ item, resolve }: Waiting<T, R>, result: R | Promise<R>): void {
    resolve(result);
    const key = this.options.keyOf(item);
    if (!(result instanceof Promise)) {
      this.busy.delete(key);
      return;
    }
    // It lasts longer than its batch.
    const free = (): void => {
      this.busy.delete(key);
      this.fillLanes();
    };
    result.then(free, free);
  }

  private fail({ item, reject }: Waiting<T, R>, error: unknown): void {
    reject(error);
    this.busy.delete(this.options.keyOf(item));
  }

  private takeNext(): Waiting<T, R>[] {
    const { size, keyOf } = this.options;
    const batch: Waiting<T, R>[] = [];
    const rest: Waiting<T, R>[] = [];
    for (const one of this.waiting) {
      const key = keyOf(one.item);
      const fits = batch.length < size && !this.busy.has(key);
      if (fits) this.busy.add(key);
      (fits ? batch : rest).push(one);
    }
    this.waiting = rest;
    return batch;
  }

  /** The oldest waits in front. */
  private watchTheTime(): void {
    const [oldest] = this.waiting;
    if (!oldest || this.expiry) return;
    const left = oldest.since + MAX_WAIT_MS - performance.now();
    this.expiry = setTimeout(
      () => {
        this.expiry = null;
        this.giveUpLate();
        this.watchTheTime();
      },
      Math.max(left, 0),
    ).unref();
  }

  private giveUpLate(): void {
    const limit = performance.now() - MAX_WAIT_MS;
    const late = this.waiting.filter(({ since }) => since <= limit);
    this.waiting = this.waiting.filter(({ since }) => since > limit);
    for (const { reject } of late) reject(ProblemError.unavailable());
  }
}
