import { openTabChannel } from '@support-chat/contracts';
import { NEVER, Subject } from 'rxjs';
import { FakeBroadcastChannel } from '../testing/fake-broadcast-channel';
import type { TabRank } from './tab-rank';
import { type TabMessage, TabTurn } from './tab-turn';

interface OpenTab {
  rank: TabRank;
  moves$: Subject<void>;
  turn: TabTurn<null>;
}

describe('TabTurn', () => {
  const tabs: OpenTab[] = [];

  beforeEach(() => {
    FakeBroadcastChannel.install();
  });
  afterEach(() => {
    for (const { turn } of tabs.splice(0)) turn.leave();
  });

  function open(rank: TabRank): OpenTab {
    const moves$ = new Subject<void>();
    const channel = openTabChannel<TabMessage<null>>('question');
    const state = () => ({ version: 1, note: null });
    const turn = new TabTurn({ channel, state, rank: () => rank, moves$, leaves$: NEVER });
    const tab = { rank, moves$, turn };
    tabs.push(tab);
    return tab;
  }

  function leaders(): string[] {
    return tabs.filter(({ turn }) => turn.isMine()).map(({ rank }) => rank.id);
  }

  it('ux-46 the tab that was used last leads', () => {
    open({ id: 'a', isHidden: false, usedAt: 1 });
    open({ id: 'b', isHidden: false, usedAt: 2 });
    open({ id: 'c', isHidden: true, usedAt: 3 });
    expect(leaders()).toEqual(['b']);
  });

  it('ux-46 one always leads, also when the leader is hidden after another was opened behind it', () => {
    const first = open({ id: 'a', isHidden: false, usedAt: 1 });
    open({ id: 'b', isHidden: true, usedAt: 2 });
    expect(leaders()).toEqual(['a']);
    first.rank.isHidden = true;
    first.moves$.next();
    expect(leaders()).toEqual(['b']);
  });

  it('ux-46 who hears that its leader leads no more does not wait for it', () => {
    const first = open({ id: 'a', isHidden: false, usedAt: 2 });
    open({ id: 'b', isHidden: false, usedAt: 1 });
    const third = open({ id: 'c', isHidden: false, usedAt: 3 });
    expect(leaders()).toEqual(['c']);
    third.turn.leave();
    tabs.pop();
    expect(leaders()).toEqual([first.rank.id]);
  });
});
