import { Service, inject } from '@angular/core';
import { readFailure } from '@support-chat/contracts';
import { type Observable, filter, race, take, timer } from 'rxjs';
import { Attention } from '../attention';

/** Before each further try of a server that is not there; sooner when the network is back. */
const PAUSES_MS = [2_000, 8_000, 30_000];

/** When an upload that failed is tried again by itself. */
@Service()
export class UploadTries {
  private readonly attention = inject(Attention);

  /** Of a new upload. */
  pauses(): number[] {
    return [...PAUSES_MS];
  }

  /**
   * Null for what is not tried again: it would fail the same, or has often enough.
   * @param pauses those that are left; one that is used is taken out
   */
  pauseAfter(error: unknown, pauses: number[]): Observable<unknown> | null {
    const { code, retryAfterSeconds } = readFailure(error);
    const asked = retryAfterSeconds === null ? null : retryAfterSeconds * 1000;
    if (code === 'rate_limited') return asked === null ? null : timer(asked);
    const isAbsent = code === 'unreachable' || (code === 'unavailable' && asked !== null);
    const pause = isAbsent ? pauses.shift() : undefined;
    if (pause === undefined) return null;
    const wakes = this.attention.wake$.pipe(filter(() => navigator.onLine));
    return asked === null ? race(timer(pause), wakes).pipe(take(1)) : timer(asked);
  }
}
