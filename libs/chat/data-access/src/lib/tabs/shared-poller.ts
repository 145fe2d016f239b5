import { Service, inject } from '@angular/core';
import {
  EMPTY,
  type Observable,
  concatMap,
  concat,
  defer,
  filter,
  finalize,
  ignoreElements,
  map,
  merge,
  of,
  pairwise,
  share,
  switchMap,
  tap,
  throttleTime,
} from 'rxjs';
import { type PollOutcome, type PollQuestion, Poller } from '../poller';
import { Tabs } from './tabs';
import type { TabNews, TabState, TabTurn, TabVersion } from './tab-turn';

export interface SharedQuestion<T, N> extends Omit<PollQuestion<T>, 'pace'> {
  /** The same in all tabs that ask the same. */
  name: string;
  /** How far what is held here is. */
  version: () => number | string;
  /** Pushed answers; listened to only in the tab that asks. */
  feed$: Observable<T>;
  /** Whether the feed can be relied on, so that asking is only the safety net. */
  isFed: () => boolean;
  /** What the asking tab tells the others beside its version, and what they do with it. */
  note: () => N;
  noted$: Observable<unknown>;
  heed: (note: N) => void;
}

/** Two tabs that see different versions must not drive each other. */
const HEAR_EVERY_MS = 1_000;
const THROTTLE = { leading: true, trailing: true };

/**
 * Asks questions that the tabs of one person share: one of them polls and listens to the socket,
 * the others ask only when it has something they have not.
 */
@Service()
export class SharedPoller {
  private readonly poller = inject(Poller);
  private readonly tabs = inject(Tabs);

  /** Each answer, asked for or pushed, and each failure; ends only when unsubscribed. */
  poll<T, N>(question: SharedQuestion<T, N>): Observable<PollOutcome<T>> {
    return defer(() => {
      let hasFailed = false;
      const state = (): TabState<N> => ({
        version: hasFailed ? null : question.version(),
        note: question.note(),
      });
      const turn = this.tabs.turn(question.name, state);
      const told$ = question.noted$.pipe(
        tap(() => {
          if (turn.isMine()) turn.tell();
        }),
        ignoreElements(),
      );
      return merge(this.asked(question, turn, state), pushed(question, turn), told$).pipe(
        tap((outcome) => {
          hasFailed = !outcome.ok;
        }),
        // Told once whoever listens has folded it in.
        concatMap((outcome) => concat(of(outcome), telling(turn))),
        finalize(() => {
          turn.leave();
        }),
      );
    });
  }

  private asked<T, N>(
    question: SharedQuestion<T, N>,
    turn: TabTurn<N>,
    state: () => TabState<N>,
  ): Observable<PollOutcome<T>> {
    const heard$ = turn.heard$.pipe(
      tap(({ leads, note }) => {
        if (leads && !turn.isMine()) question.heed(note);
      }),
      share(),
    );
    const behind$ = merge(
      heard$.pipe(filter((news) => isBehind(state().version, news))),
      heard$.pipe(
        filter(({ leads }) => leads),
        pairwise(),
        filter(hasTurnedBack),
      ),
    ).pipe(throttleTime(HEAR_EVERY_MS, undefined, THROTTLE));
    return this.poller.poll({
      ...question,
      nudge$: merge(question.nudge$ ?? EMPTY, behind$, turn.taken$),
      pace: () => (turn.isMine() ? (question.isFed() ? 'slow' : 'full') : 'none'),
    });
  }
}

function pushed<T, N>(
  { feed$ }: SharedQuestion<T, N>,
  turn: TabTurn<N>,
): Observable<PollOutcome<T>> {
  return turn.isMine$.pipe(
    switchMap((isMine): Observable<T> => (isMine ? feed$ : EMPTY)),
    map((value): PollOutcome<T> => ({ ok: true, value })),
  );
}

function telling(turn: { tell(): void }): Observable<never> {
  return defer(() => {
    turn.tell();
    return EMPTY;
  });
}

/** One who has failed goes by its own back-off, whatever the others say. */
function isBehind(own: TabVersion, { version, leads }: TabNews<unknown>): boolean {
  if (own === null) return false;
  if (version === null) return leads;
  return typeof own === 'number' && typeof version === 'number' ? version > own : version !== own;
}

type LeaderNews = [TabNews<unknown>, TabNews<unknown>];

/** The leader went back: it has loaded afresh what the server had taken back. */
function hasTurnedBack([{ version: before }, { version: now }]: LeaderNews): boolean {
  return typeof before === 'number' && typeof now === 'number' && now < before;
}
