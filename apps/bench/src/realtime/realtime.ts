import type { Arena } from '../measure/measure-scenario';
import { canReadProcesses } from '../system/processes';
import { openSessions } from '../data/sessions';
import { BareServer } from '../system/bare-server';
import { measurePairs, measureRelay, type Pace, type RealtimeResult } from './measure-realtime';
import { measureSocketMemory, type SocketMemory } from './measure-socket-memory';
import { openPairs } from './pairs';

/** Everything about messages that reach people by themselves. */
export interface Realtime {
  /** Messages a second of `latency`, over all pairs. */
  pacePerSecond: number;
  latency: RealtimeResult[];
  most: RealtimeResult[];
  memory: SocketMemory | null;
}

/** Rounds at a slow pace are longer, so that a percentile is made of enough messages. */
const PACED_ROUNDS = 2;

/** Both transports and the bare relay, in turn, with ever more pairs; then what a socket takes. */
export class RealtimePart {
  constructor(
    private readonly arena: Arena,
    private readonly folder: string,
    private readonly say: (line: string) => void,
  ) {}

  async measure(selects: (id: string) => boolean): Promise<Realtime> {
    const { options } = this.arena;
    const relay = await BareServer.startRelay(this.folder);
    const latency: RealtimeResult[] = [];
    if (selects('realtime-latency')) {
      for (const pairs of options.pairs) latency.push(...(await this.measureLatency(relay, pairs)));
    }
    const most = selects('realtime-most') ? await this.measureMost(relay) : [];
    const wantsMemory = selects('realtime-memory') && canReadProcesses;
    const memory = wantsMemory ? await this.measureMemory(relay) : null;
    await relay.stop();
    return { pacePerSecond: options.pacePerSecond, latency, most, memory };
  }

  private async measureLatency(relay: BareServer, count: number): Promise<RealtimeResult[]> {
    this.say(`From sending to being seen, ${count} pairs`);
    const { options, large } = this.arena;
    const pace = { perSecond: options.pacePerSecond };
    const seconds = PACED_ROUNDS * options.seconds;
    const arena = { ...this.arena, options: { ...options, seconds } };
    const pairs = await openPairs(large.client, count, large.people.adminId);
    return [
      await measurePairs(arena, 'socket', pairs, pace),
      await measurePairs(arena, 'polling', pairs, pace),
      await measureRelay(relay, count, pace, options.seconds),
    ];
  }

  private async measureMost(relay: BareServer): Promise<RealtimeResult[]> {
    this.say('Most messages stored and seen');
    const { options, large } = this.arena;
    const pace: Pace = 'most';
    const pairs = await openPairs(large.client, options.busyPairs, large.people.adminId);
    return [
      await measurePairs(this.arena, 'socket', pairs, pace),
      await measureRelay(relay, pairs.length, pace, options.seconds),
    ];
  }

  private async measureMemory(relay: BareServer): Promise<SocketMemory> {
    const { options, large } = this.arena;
    this.say(`Memory of ${options.idleSockets} sockets`);
    const api = await large.startApi();
    const students = await openSessions(large.client, options.idleSockets);
    const memory = await measureSocketMemory(api, relay, students, options.steadySeconds);
    await api.stop();
    return memory;
  }
}
