import { SOCKET_LIMITS } from '@support-chat/contracts';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { SocketClient } from '../support/socket-client';
import type { DrillApi } from './support/drill-api';
import { quantile, showFigures } from './support/figures';
import { scaled } from './support/scale';
import type { Writer } from './support/sending-load';
import { Stage } from './support/stage';

const SLOW = scaled(200, 20);
const MESSAGES = scaled(5_000, 1_500);
const FLOOD = 10;
const ROUNDS = MESSAGES / FLOOD;
const MIB = 1024 * 1024;
/** Sixteen KB on the wire, so that the buffers of the network fill too. */
const LONG_TEXT = '👩'.repeat(4_000);

describe('readers that never read', () => {
  const stage = new Stage();

  it(`R19 ${SLOW} of them, ${MESSAGES} messages: they are cut off, memory stays bounded, others hear as fast`, async () => {
    const api = await stage.api(await stage.database(), { METRICS: 'on' });
    const [noisy, calm, quiet] = (await api.students(3)) as [Writer, Writer, Writer];
    const listener = await SocketClient.connect(api.origin, quiet.by.token);
    listener.send({ type: 'subscribe', conversation_id: quiet.conversationId, after: 0 });
    await listener.next('updates');
    // The same flood where nobody follows tells what it costs by itself.
    const baseline = await latencies(quiet, listener, ROUNDS, async () => flood(calm));
    const slow = await Promise.all(
      Array.from({ length: SLOW }, async () => subscribeAndStall(api, noisy)),
    );
    const restBytes = await api.memory();
    let peakBytes = restBytes;
    const meanwhile = await latencies(quiet, listener, ROUNDS, async () => {
      await flood(noisy);
      peakBytes = Math.max(peakBytes, await api.memory());
    });
    await eventually(async () => {
      expect(await api.metric('support_chat_open_sockets')).toBe(1);
    }, 60_000);
    const capBytes = SLOW * SOCKET_LIMITS.backlogBytes;
    showFigures('R19', {
      'slow readers': SLOW,
      messages: ROUNDS * FLOOD,
      'memory at rest MiB': restBytes / MIB,
      'more at most MiB': (peakBytes - restBytes) / MIB,
      'of it theirs MiB': capBytes / MIB,
      'p95 before ms': quantile(baseline, 0.95),
      'p95 meanwhile ms': quantile(meanwhile, 0.95),
    });
    expect(peakBytes - restBytes).toBeLessThan(64 * MIB + capBytes);
    expect(quantile(meanwhile, 0.95)).toBeLessThan(2 * quantile(baseline, 0.95) + 100);
    expect(listener.isOpen).toBe(true);
    for (const socket of slow) socket.terminate();
    listener.terminate();
  });
});

async function flood({ by, conversationId }: Writer): Promise<void> {
  const sends = Array.from({ length: FLOOD }, async () => by.send(conversationId, LONG_TEXT));
  for (const { status } of await Promise.all(sends)) expect(status).toBe(201);
}

/** Milliseconds from each send until the listener sees it, with something else before each. */
async function latencies(
  { by, conversationId }: Writer,
  listener: SocketClient,
  count: number,
  before: () => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  while (times.length < count) {
    await before();
    const start = performance.now();
    const sending = by.send(conversationId, `number ${times.length}`);
    const { messages } = await listener.next('updates', 10_000);
    times.push(performance.now() - start);
    const { body } = await sending;
    expect(messages.map(({ id }) => id)).toEqual([body.id]);
  }
  return times;
}

async function subscribeAndStall(api: DrillApi, noisy: Writer): Promise<SocketClient> {
  const socket = await SocketClient.connect(api.origin, noisy.by.token);
  socket.send({ type: 'subscribe', conversation_id: noisy.conversationId, after: 0 });
  await socket.next('updates');
  socket.pause();
  return socket;
}
