import { jest } from '@jest/globals';
import { Injector, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { openTabChannel } from '@support-chat/contracts';
import { EMPTY, type Observable, Subject, type Subscription, defer, of, throwError } from 'rxjs';
import type { PollOutcome } from '../poller';
import { FakeBroadcastChannel } from '../testing/fake-broadcast-channel';
import { chatTestBed } from '../testing/chat-test-bed';
import { SharedPoller } from './shared-poller';
import type { TabRank } from './tab-rank';
import { TabTurn, type TabTurnOptions } from './tab-turn';
import { Tabs } from './tabs';

/** What the server would answer, and who asked it. */
class Truth {
  version = 1;
  isAway = false;
  readonly askedBy: string[] = [];
}

/** One tab of several in a browser: its own poller, its own rank. */
class Tab {
  /** Loaded before it begins to follow. */
  held: number;
  readonly pushed = new Subject<number>();
  isListening = false;
  readonly outcomes: PollOutcome<number>[] = [];
  readonly notes: string[] = [];
  readonly nudge$ = new Subject<void>();
  readonly moves$ = new Subject<void>();
  readonly leaves$ = new Subject<void>();
  private running: Subscription | null = null;

  constructor(
    readonly rank: TabRank,
    private readonly truth: Truth,
  ) {
    this.held = truth.version;
  }

  start(isFed = false): this {
    const turn = (name: string, state: TabTurnOptions<unknown>['state']) =>
      new TabTurn({
        channel: openTabChannel(name),
        state,
        rank: () => this.rank,
        moves$: this.moves$,
        leaves$: this.leaves$,
      });
    const shared = Injector.create({
      parent: TestBed.inject(Injector),
      providers: [
        { provide: Tabs, useValue: { turn } },
        { provide: SharedPoller, deps: [] },
      ],
    }).get(SharedPoller);
    this.running = shared
      .poll<number, string>({
        name: 'question',
        ask: () => this.ask(),
        nudge$: this.nudge$,
        version: () => this.held,
        feed$: defer(() => {
          this.isListening = true;
          return this.pushed;
        }),
        isFed: signal(isFed),
        note: () => `by ${this.rank.id}`,
        noted$: EMPTY,
        heed: (note) => this.notes.push(note),
      })
      .subscribe((outcome) => {
        this.outcomes.push(outcome);
        if (outcome.ok) this.held = outcome.value;
      });
    return this;
  }

  /** Without a word, as when it crashes or is frozen. */
  freeze(): void {
    FakeBroadcastChannel.mute(this.rank.id);
    this.running?.unsubscribe();
  }

  stop(): void {
    this.running?.unsubscribe();
  }

  private ask(): Observable<number> {
    this.truth.askedBy.push(this.rank.id);
    return this.truth.isAway ? throwError(() => ({ status: 0 })) : of(this.truth.version);
  }
}

describe('SharedPoller', () => {
  let truth: Truth;
  let tabs: Tab[];

  const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);
  const open = (id: string, usedAt: number, more: Partial<TabRank> = {}): Tab => {
    const tab = new Tab({ id, usedAt, isHidden: false, ...more }, truth);
    tabs.push(tab);
    return FakeBroadcastChannel.as(id, () => tab.start());
  };
  const askedWithin = async (milliseconds: number): Promise<string[]> => {
    truth.askedBy.length = 0;
    await pass(milliseconds);
    return [...new Set(truth.askedBy)];
  };

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    FakeBroadcastChannel.install();
    truth = new Truth();
    tabs = [];
    chatTestBed();
  });

  afterEach(() => {
    for (const tab of tabs) tab.stop();
    TestBed.resetTestingModule();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('ux-46 one tab of several asks, the one turned to last; each asks once at its start', async () => {
    open('a', 1);
    open('b', 2);
    open('c', 3);
    expect(truth.askedBy).toEqual(['a', 'b', 'c']);
    expect(await askedWithin(60_000)).toEqual(['c']);
    expect(truth.askedBy).toHaveLength(20);
  });

  it('ux-46 the others have what changed at once, each by asking once', async () => {
    const [first, second] = [open('a', 1), open('b', 2)];
    await pass(3_000);
    truth.version = 2;
    truth.askedBy.length = 0;
    await pass(3_000);
    expect([first.held, second.held]).toEqual([2, 2]);
    expect(truth.askedBy).toEqual(['b', 'a']);
  });

  it('ux-46 what one of the others learns first, the asking one knows at once', async () => {
    const [first, second] = [open('a', 1), open('b', 2)];
    await pass(1_000);
    truth.version = 2;
    first.nudge$.next();
    await pass(0);
    expect([first.held, second.held]).toEqual([2, 2]);
  });

  it('ux-46 a tab that holds more than the asking one asks the server itself', async () => {
    truth.version = 9;
    const [first, second] = [open('a', 1), open('b', 2)];
    await pass(1_000);
    truth.version = 2;
    second.nudge$.next();
    await pass(3_000);
    expect([first.held, second.held]).toEqual([2, 2]);
  });

  it('ux-46 the tab that the person turns to takes over', async () => {
    const [first] = [open('a', 1), open('b', 2)];
    expect(await askedWithin(9_000)).toEqual(['b']);
    first.rank.usedAt = 3;
    first.moves$.next();
    await pass(0);
    expect(await askedWithin(9_000)).toEqual(['a']);
    expect(first.isListening).toBe(true);
  });

  it('ux-46 a tab that is looked at never waits for one that is not', async () => {
    const hidden = open('b', 9);
    hidden.rank.isHidden = true;
    open('a', 1);
    await pass(0);
    expect(await askedWithin(9_000)).toEqual(['a']);
  });

  it('ux-46 a closed tab is replaced at once, a frozen one within seconds', async () => {
    const [, second, third] = [open('a', 1), open('b', 2), open('c', 3)];
    third.stop();
    expect(await askedWithin(4_000)).toEqual(['b']);
    second.freeze();
    expect(await askedWithin(12_000)).toEqual(['a']);
  });

  it('ux-46 the others learn that the server is away, and do not drive each other', async () => {
    const [first, second] = [open('a', 1), open('b', 2)];
    await pass(3_000);
    truth.isAway = true;
    truth.askedBy.length = 0;
    await pass(60_000);
    expect(first.outcomes.at(-1)?.ok).toBe(false);
    expect(second.outcomes.at(-1)?.ok).toBe(false);
    expect(truth.askedBy.length).toBeLessThan(20);
    truth.isAway = false;
    truth.version = 3;
    await pass(60_000);
    expect([first.held, second.held]).toEqual([3, 3]);
  });

  it('ux-46 the others take over what the asking tab knows beside its answers', async () => {
    const [first] = [open('a', 1), open('b', 2)];
    await pass(3_000);
    expect(first.notes.at(-1)).toBe('by b');
  });
});
