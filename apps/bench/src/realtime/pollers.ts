import { API_ROUTES, POLL_INTERVALS, type Message, type Updates } from '@support-chat/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { inTurns, type Student } from '../data/people';
import { Connection } from '../driver/connection';
import { encodeRequest } from '../driver/request';
import { bearer } from '../scenarios/api-requests';
import { CONNECTING_AT_ONCE, readerOf, type Pair } from './pairs';
import type { SeenTimes } from './seen-times';

/**
 * Both of each pair ask for changes every 3 s, as the apps do where there is no socket.
 * @returns stops them all
 */
export async function startPolling(
  port: number,
  pairs: readonly Pair[],
  times: SeenTimes,
): Promise<() => void> {
  const all = pairs.flatMap(({ student, adminToken }): Polled[] => [
    { ...student, onMessage: readerOf('user', times) },
    { ...student, token: adminToken, onMessage: readerOf('admin', times) },
  ]);
  const pollers = await inTurns(all, CONNECTING_AT_ONCE, async (polled) => {
    return Poller.start(port, polled);
  });
  return () => {
    for (const poller of pollers) poller.stop();
  };
}

type Polled = Pick<Student, 'token' | 'conversationId' | 'revision'> & {
  onMessage: (message: Message) => void;
};

class Poller {
  private isStopped = false;

  private constructor(
    private readonly connection: Connection,
    private readonly polled: Polled,
  ) {}

  static async start(port: number, polled: Polled): Promise<Poller> {
    const poller = new Poller(await Connection.open(port), polled);
    void poller.run();
    return poller;
  }

  stop(): void {
    this.isStopped = true;
    this.connection.close();
  }

  private async run(): Promise<void> {
    const { focusedMs, jitter } = POLL_INTERVALS;
    await delay(Math.random() * focusedMs);
    while (!this.isStopped) {
      await this.poll().catch((error: unknown) => {
        // Stopping cuts a poll that is under way.
        if (!this.isStopped) throw error;
      });
      await delay(focusedMs * (1 + jitter * (2 * Math.random() - 1)));
    }
  }

  private async poll(): Promise<void> {
    const { token, conversationId, revision, onMessage } = this.polled;
    const path = `${API_ROUTES.updates(conversationId)}?after=${revision}`;
    const answer = await this.connection.exchange(encodeRequest({ path, headers: bearer(token) }));
    if (answer.status === 204) return;
    if (answer.status !== 200) throw new Error(`A poll was answered ${answer.status}.`);
    const updates = JSON.parse(answer.body.toString()) as Updates;
    updates.messages.forEach(onMessage);
    this.polled.revision = updates.revision;
    if (updates.more) await this.poll();
  }
}
