import { signal } from '@angular/core';
import type { TabChannel } from '@support-chat/contracts';
import { type Observable, Subject, Subscription, defer, filter, interval, startWith } from 'rxjs';
import { type TabRank, isBefore } from './tab-rank';

/** How far a tab is with a question: a number that grows, a text, or null when it failed. */
export type TabVersion = number | string | null;

export interface TabState<N> {
  version: TabVersion;
  /** What else the others should know. */
  note: N;
}

/** What another tab says. */
export interface TabNews<N> extends TabState<N> {
  /** Whether it is the one that asks. */
  leads: boolean;
}

/** As it goes over the channel. */
export interface TabMessage<N> extends TabNews<N> {
  rank: TabRank;
  /** The tab is closed. */
  isLast: boolean;
}

export interface TabTurnOptions<N> {
  channel: TabChannel<TabMessage<N>>;
  state: () => TabState<N>;
  rank: () => TabRank;
  moves$: Observable<unknown>;
  leaves$: Observable<unknown>;
}

const BEAT_MS = 3_000;
/** A leader that is not heard for so long is gone; browsers let hidden tabs run once a minute. */
const GONE_AFTER_MS = 8_000;
const HIDDEN_GONE_AFTER_MS = 130_000;

/**
 * Which tab of several asks the server, so that only one does. Without locks: each tab that hears
 * of none before it (`isBefore`) leads, and says so every few seconds. Two may lead for a moment,
 * which costs a request; none never does. The others hear how far the leader is.
 */
export class TabTurn<N> {
  private readonly mine = signal(true);
  private readonly turns = new Subject<boolean>();
  private readonly heard = new Subject<TabNews<N>>();
  private readonly running = new Subscription();
  private leader: { rank: TabRank; heardAt: number } | null = null;

  /** Whether this tab asks. */
  readonly isMine = this.mine.asReadonly();
  /** From its present value on. */
  readonly isMine$ = defer(() => this.turns.pipe(startWith(this.mine())));
  /** The turn came to this tab, which had not been its own. */
  readonly taken$ = this.turns.pipe(filter(Boolean));
  readonly heard$ = this.heard.asObservable();

  constructor(private readonly options: TabTurnOptions<N>) {
    const { channel, moves$, leaves$ } = options;
    channel.onmessage = ({ data }) => {
      this.hear(data);
    };
    this.running.add(
      moves$.subscribe(() => {
        this.decide();
        this.tell();
      }),
    );
    this.running.add(
      leaves$.subscribe(() => {
        this.post(true);
      }),
    );
    this.running.add(
      interval(BEAT_MS).subscribe(() => {
        this.beat();
      }),
    );
    this.tell();
  }

  /** Call when this tab knows more. */
  tell(): void {
    this.post(false);
  }

  leave(): void {
    this.options.channel.onmessage = null;
    this.post(true);
    this.running.unsubscribe();
    this.options.channel.close();
  }

  private beat(): void {
    if (this.leader) {
      const silence = Date.now() - this.leader.heardAt;
      const limit = this.leader.rank.isHidden ? HIDDEN_GONE_AFTER_MS : GONE_AFTER_MS;
      if (silence > limit) this.follow(null);
    }
    if (this.mine()) this.tell();
  }

  private hear({ rank, leads, isLast, version, note }: TabMessage<N>): void {
    if (isLast) {
      if (this.leader?.rank.id === rank.id) this.follow(null);
      return;
    }
    if (leads) this.meet(rank);
    else if (this.leader?.rank.id === rank.id) this.follow(null);
    this.heard.next({ version, note, leads });
  }

  private meet(rank: TabRank): void {
    const isFirst =
      !this.leader || this.leader.rank.id === rank.id || isBefore(rank, this.leader.rank);
    if (isFirst) this.follow(rank);
    if (this.mine()) this.tell(); // It does not know of this one yet.
  }

  private follow(rank: TabRank | null): void {
    // One that comes after this tab leads only until it hears of it: it is not to be waited for.
    const isAfter = rank !== null && isBefore(this.options.rank(), rank);
    this.leader = rank && !isAfter ? { rank, heardAt: Date.now() } : null;
    this.decide();
  }

  private decide(): void {
    const isMine = !this.leader || isBefore(this.options.rank(), this.leader.rank);
    if (isMine === this.mine()) return;
    this.mine.set(isMine);
    this.turns.next(isMine);
    if (isMine) this.tell();
  }

  private post(isLast: boolean): void {
    const message = {
      ...this.options.state(),
      rank: this.options.rank(),
      leads: this.mine(),
      isLast,
    };
    this.options.channel.postMessage(message);
  }
}
