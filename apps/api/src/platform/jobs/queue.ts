/** How the jobs of a queue are treated. Times are in seconds. */
export interface QueueRules {
  /** How often a job is tried before it is parked. */
  tries: number;
  /** Wait before the second try; each further one waits twice as long. */
  retryAfter: number;
  /** A try that takes longer is given up, as when its process was killed. */
  triesEndAfter: number;
  /** How many a process does at once. */
  atOnce: number;
}

/**
 * A kind of job. Of those with the same key at most one waits for its first try: it finds the state
 * of things when it runs, so a second one would find the same. Those that failed wait beside it for
 * their next try, so a handler must bear several with one key, even at once. The phantom type gives
 * handlers the shape of the data.
 */
export class Queue<T extends object> {
  declare private readonly data: T;

  constructor(
    readonly name: string,
    readonly rules: QueueRules,
  ) {}

  /** Where jobs go that failed too often, to be looked at. */
  get parkedName(): string {
    return `${this.name}-parked`;
  }
}

/** A job to be done. */
export interface NewJob<T extends object> {
  key: string;
  data: T;
  /** Not before then; at once if absent. */
  startAfter?: Date;
}
