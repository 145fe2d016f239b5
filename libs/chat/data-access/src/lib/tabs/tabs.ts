import { DOCUMENT, Service, inject } from '@angular/core';
import { openTabChannel } from '@support-chat/contracts';
import { fromEvent, map, merge } from 'rxjs';
import { CHAT_VIEWER } from '../viewer';
import { newClientId } from '../client-id';
import type { TabRank } from './tab-rank';
import { type TabMessage, type TabState, TabTurn } from './tab-turn';

/** This tab among those in which the same person has the same app open. */
@Service()
export class Tabs {
  private readonly document = inject(DOCUMENT);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly id = newClientId();
  private usedAt = Date.now();

  /** The person turned to this tab, or away from it. */
  private readonly moves$ = merge(
    fromEvent(globalThis, 'focus').pipe(
      map(() => {
        this.usedAt = Date.now();
      }),
    ),
    fromEvent(this.document, 'visibilitychange'),
  );
  private readonly leaves$ = fromEvent(globalThis, 'pagehide');

  /** A part in the one asking of a question; to be left again. */
  turn<N>(question: string, state: () => TabState<N>): TabTurn<N> {
    const channel = openTabChannel<TabMessage<N>>(`sc.turn.${this.viewer()?.id ?? 0}.${question}`);
    const { moves$, leaves$ } = this;
    return new TabTurn({ channel, state, moves$, leaves$, rank: () => this.rank() });
  }

  private rank(): TabRank {
    return { id: this.id, isHidden: this.document.hidden, usedAt: this.usedAt };
  }
}
