import { InjectionToken, Service, computed, inject } from '@angular/core';
import {
  ANSWER_WITHIN_MS,
  type Failure,
  POLL_INTERVALS,
  readFailure,
} from '@support-chat/contracts';
import {
  EMPTY,
  NEVER,
  type Observable,
  catchError,
  defer,
  finalize,
  map,
  merge,
  of,
  race,
  repeat,
  share,
  switchMap,
  take,
  tap,
  timeout,
  timer,
} from 'rxjs';
import { Attention } from './attention';

export type PollTimes = { readonly [name in keyof typeof POLL_INTERVALS]: number };

/** How often to ask, in milliseconds. */
export const POLL_TIMES = new InjectionToken<PollTimes>('POLL_TIMES', {
  factory: () => POLL_INTERVALS,
});

export type PollOutcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export interface PollQuestion<T> {
  ask: () => Observable<T>;
  /** Whether this answer says that there is more: then it is asked again at once. */
  hasMore?: (value: T) => boolean;
  /** Reasons to ask now rather than later. */
  nudge$?: Observable<unknown>;
  /** How often to ask while it is answered; `full` if not given. */
  pace?: () => PollPace;
}

/** `full`: as often as the person looks; `slow`: news is pushed; `none`: another tab asks. */
export type PollPace = 'full' | 'slow' | 'none';

const BACK_OFF_FIRST_MS = 1_000;

/**
 * Asks the same question again and again: never two at a time, as often as the person looks,
 * at once on a nudge, ever more rarely while it fails, and not before `Retry-After`.
 */
@Service()
export class Poller {
  private readonly attention = inject(Attention);
  private readonly times = inject(POLL_TIMES);

  /** The full pace at this moment, in milliseconds. */
  readonly everyMs = computed(() => {
    const level = this.attention.level();
    if (level === 'hidden') return this.times.hiddenMs;
    return level === 'idle' ? this.times.idleMs : this.times.focusedMs;
  });

  /** Each answer and each failure; ends only when unsubscribed. */
  poll<T>(question: PollQuestion<T>): Observable<PollOutcome<T>> {
    const { ask, hasMore, nudge$ = EMPTY, pace = () => 'full' } = question;
    return defer(() => {
      const nudges$ = merge(this.attention.wake$, nudge$).pipe(share());
      let wasNudged = false;
      let failures = 0;
      let last: PollOutcome<T> | undefined;
      const watch = nudges$.subscribe(() => (wasNudged = true));

      const next = (): Observable<unknown> => {
        const mustWait = last?.ok === false && last.failure.retryAfterSeconds !== null;
        const wait$ = this.waitAfter(last, failures, pace);
        if (mustWait) return wait$;
        if (wasNudged || (last?.ok && hasMore?.(last.value))) return of(null);
        return race(wait$, nudges$).pipe(take(1));
      };
      return defer(() => {
        wasNudged = false;
        return ask();
      }).pipe(
        timeout(ANSWER_WITHIN_MS),
        map((value): PollOutcome<T> => ({ ok: true, value })),
        catchError((error: unknown) =>
          of<PollOutcome<T>>({ ok: false, failure: readFailure(error) }),
        ),
        tap((outcome) => {
          last = outcome;
          failures = outcome.ok ? 0 : failures + 1;
        }),
        repeat({ delay: next }),
        finalize(() => {
          watch.unsubscribe();
        }),
      );
    });
  }

  private waitAfter(
    last: PollOutcome<unknown> | undefined,
    failures: number,
    pace: () => PollPace,
  ): Observable<unknown> {
    const interval = this.everyMs();
    if (!last || last.ok) {
      if (pace() === 'none') return NEVER;
      const wait = pace() === 'slow' ? Math.max(interval, this.times.socketUpMs) : interval;
      // Another tab may take over while this one waits.
      return timer(this.spread(wait)).pipe(switchMap(() => (pace() === 'none' ? NEVER : of(null))));
    }
    const backOff = Math.min(BACK_OFF_FIRST_MS * 2 ** failures, this.times.backOffMaxMs);
    const retryAfter = (last.failure.retryAfterSeconds ?? 0) * 1000;
    return timer(Math.max(this.spread(interval), this.spread(backOff), retryAfter));
  }

  /** Up to a tenth more or less, so that clients do not ask all at once. */
  private spread(milliseconds: number): number {
    return milliseconds * (1 + this.times.jitter * (2 * Math.random() - 1));
  }
}
