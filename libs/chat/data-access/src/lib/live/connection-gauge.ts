import { computed, inject, signal } from '@angular/core';
import { CONNECTING, nextConnection } from '../connection';
import { type PollOutcome, Poller } from '../poller';
import type { Liveness } from './liveness';

/** How news comes at the moment, for people to read. */
export interface ConnectionStatus {
  word: 'unknown' | 'live' | 'polling' | 'reconnecting' | 'offline';
  /** How often the server is asked while nothing is pushed. */
  everySeconds: number;
}

/** What a store's answers and failures say of its connection. */
export class ConnectionGauge {
  private readonly poller = inject(Poller);
  private readonly state = signal(CONNECTING);

  readonly connection = this.state.asReadonly();
  readonly status = computed((): ConnectionStatus => {
    const { state } = this.state();
    const pushed = this.liveness.shown();
    const everySeconds = this.poller.everyMs() / 1000;
    if (state === 'reconnecting' || state === 'offline') return { word: state, everySeconds };
    if (state === 'connecting' || pushed === 'unknown') return { word: 'unknown', everySeconds };
    return { word: pushed === 'yes' ? 'live' : 'polling', everySeconds };
  });

  /** Made in an injection context. */
  constructor(private readonly liveness: Liveness) {}

  reset(): void {
    this.state.set(CONNECTING);
  }

  note(outcome: PollOutcome<unknown>): void {
    this.state.update((state) => nextConnection(state, outcome, navigator.onLine));
  }
}
