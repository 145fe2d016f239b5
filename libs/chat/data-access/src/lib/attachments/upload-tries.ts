import { Service, inject } from '@angular/core';
import { readFailure } from '@support-chat/contracts';
import { type Observable, filter, race, retry, take, tap, throwError, timeout, timer } from 'rxjs';
import { Attention } from '../attention';
import { AttachmentApi } from './attachment.api';
import type { UploadEvent } from './xhr-upload';

/** Before each further try of a server that is not there; sooner when the network is back. */
const PAUSES_MS = [2_000, 8_000, 30_000];
/** Without any progress; the server's look at an image is within it. */
const STALLED_MS = 60_000;

/** Uploads a file, and by itself tries again what may succeed later. */
@Service()
export class UploadTries {
  private readonly api = inject(AttachmentApi);
  private readonly attention = inject(Attention);

  /** @param onPause hears when a try has failed, and when the next one begins */
  upload(
    conversationId: number,
    file: File,
    onPause: (isPaused: boolean) => void,
  ): Observable<UploadEvent> {
    const pauses = [...PAUSES_MS];
    return this.api
      .upload(conversationId, file)
      .pipe(
        timeout({ each: STALLED_MS }),
        retry({ delay: (error: unknown) => this.untilNextTry(error, pauses, onPause) }),
      );
  }

  private untilNextTry(
    error: unknown,
    pauses: number[],
    onPause: (isPaused: boolean) => void,
  ): Observable<unknown> {
    const pause = this.pauseAfter(error, pauses);
    if (!pause) return throwError(() => error);
    onPause(true);
    return pause.pipe(
      tap(() => {
        onPause(false);
      }),
    );
  }

  /**
   * Null for what is not tried again: it would fail the same, or has often enough. Many files at once
   * come faster than the server takes them: it says when to go on.
   * @param pauses those that are left; one that is used is taken out
   */
  private pauseAfter(error: unknown, pauses: number[]): Observable<unknown> | null {
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
