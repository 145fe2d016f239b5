import { expect, jest } from '@jest/globals';
import { API_ROUTES, type Conversation, type Message } from '@support-chat/contracts';
import { Presence } from '../../src/chat';
import type { Settings } from '../../src/platform/config/settings';
import type { Channel } from '../../src/notifications/telling/channel';
import { tellingKey, TELLINGS } from '../../src/notifications/telling/telling';
import { Jobs } from '../../src/platform/jobs/jobs';
import { PushService, type ReceivedPush, type TestDevice } from '@support-chat/test-servers';
import { eventually } from './eventually';
import { createSecondApp, createTestApp, type Person, type TestApp } from './test-app';

const PUSHED_WITHIN_MS = 20_000;
const HELD_WITHIN_MS = 20_000;
const HANDED_ON_WITHIN_MS = 20_000;

/** The whole API with its jobs running, and a push service it may call. */
export class NoticeStage {
  private constructor(
    readonly test: TestApp,
    readonly push: PushService,
  ) {}

  static async start(overrides: Partial<Settings> = {}): Promise<NoticeStage> {
    const push = await PushService.start();
    const pushHosts = [push.origin];
    const test = await createTestApp({ pushDelaySeconds: 0, pushHosts, ...overrides });
    await test.app.get(Jobs).start();
    return new NoticeStage(test, push);
  }

  /** Somebody's browser, subscribed. */
  async deviceOf(person: Person): Promise<TestDevice> {
    const device = this.push.device();
    const answer = await person.put(API_ROUTES.pushSubscriptions, device.subscription);
    if (answer.status !== 204) throw new Error(`Subscribing was answered ${answer.status}.`);
    return device;
  }

  /** The one push to a device, as soon as it is there. */
  async pushTo(device: TestDevice): Promise<ReceivedPush> {
    await eventually(() => {
      expect(this.push.receivedBy(device)).toHaveLength(1);
    }, PUSHED_WITHIN_MS);
    const [push] = this.push.receivedBy(device);
    if (!push) throw new Error('There is no push.');
    return push;
  }

  async conversationOf(student: Person): Promise<number> {
    return (await student.get<Conversation>(API_ROUTES.myConversation)).body.id;
  }

  async send(sender: Person, conversationId: number, content = 'hello'): Promise<Message> {
    const path = API_ROUTES.messages(conversationId);
    const answer = await sender.post<Message>(path, { content });
    if (answer.status !== 201) throw new Error(`Sending was answered ${answer.status}.`);
    return answer.body;
  }

  /** No sweep comes between what is sent in `work`: all of it is found at once. */
  async unswept(work: () => Promise<void>): Promise<void> {
    const client = await this.test.outside.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT FROM notification_sweep FOR UPDATE');
      await work();
    } finally {
      await client.query('COMMIT');
      client.release();
    }
  }

  async read(reader: Person, conversationId: number): Promise<void> {
    await reader.post(API_ROUTES.markConversationRead(conversationId));
  }

  /** Nobody counts as online, though everybody calls. */
  blindPresence(): void {
    jest.spyOn(this.test.app.get(Presence), 'mayBeOnline').mockReturnValue(false);
  }

  seePresence(): void {
    jest.restoreAllMocks();
  }

  /** Adds a job that tells one device or mailbox, as the sweep would. */
  async tell(channel: Channel, toId: number, conversationId: number): Promise<void> {
    const telling = { toId, conversationId, toAdmins: false };
    const job = { key: tellingKey(telling), data: telling };
    await this.test.app.get(Jobs).addOne(TELLINGS[channel], job);
  }

  /** How long the jobs for one device or mailbox have still to wait. */
  async waitingJobs(
    queue: string,
    toId: number,
    conversationId: number,
  ): Promise<{ seconds: number }[]> {
    return this.test.dataSource.query(
      `SELECT extract(epoch FROM start_after - now())::float AS seconds FROM pgboss.job
      WHERE name = $1 AND state IN ('created', 'retry') AND data @> $2`,
      [queue, { toId, conversationId }],
    );
  }

  /** Until it is settled whom this channel tells of a message: their jobs exist. */
  async handedOn(channel: Channel, { conversation_id, seq, sender }: Message): Promise<void> {
    await eventually(async () => {
      const marks = await this.test.dataSource.query<unknown[]>(
        `SELECT FROM notification_marks
        WHERE channel = $1 AND conversation_id = $2 AND to_admins = $3 AND told_seq >= $4`,
        [channel, conversation_id, sender.role === 'user', seq],
      );
      expect(marks).toHaveLength(1);
    }, HANDED_ON_WITHIN_MS);
  }

  /** Whom the parked jobs were to tell. */
  async parkedJobs(queue: string): Promise<number[]> {
    const rows = await this.test.dataSource.query<{ to_id: number }[]>(
      `SELECT (data->>'toId')::int AS to_id FROM pgboss.job WHERE name = $1 ORDER BY 1`,
      [`${queue}-parked`],
    );
    return rows.map(({ to_id }) => to_id);
  }

  /** Until so many jobs wait for another try; none of them begins it before `hurry`. */
  async holdRetries(queue: string, count: number): Promise<void> {
    await eventually(async () => {
      const [held] = await this.test.dataSource.query<[unknown[], number]>(
        `UPDATE pgboss.job SET start_after = now() + interval '1 hour'
        WHERE name = $1 AND state = 'retry' RETURNING id`,
        [queue],
      );
      expect(held).toHaveLength(count);
    }, HELD_WITHIN_MS);
  }

  /** What would be tried again later is tried now. */
  async hurry(channel: Channel): Promise<void> {
    const queue = TELLINGS[channel];
    const [hurried] = await this.test.dataSource.query<[unknown[], number]>(
      `UPDATE pgboss.job SET start_after = now()
      WHERE name = $1 AND state = 'retry' AND start_after > now() RETURNING id`,
      [queue.name],
    );
    if (hurried.length > 0) this.test.app.get(Jobs).wake(queue);
  }

  /** The row of a device, or 0. */
  async deviceId({ endpoint }: TestDevice): Promise<number> {
    const rows = await this.test.dataSource.query<{ id: number }[]>(
      'SELECT id FROM notification_push_subscriptions WHERE endpoint = $1',
      [endpoint],
    );
    return rows[0]?.id ?? 0;
  }

  /** What was put off is done now. */
  async startWaitingJobs(queue: string): Promise<void> {
    await this.test.dataSource.query(
      `UPDATE pgboss.job SET start_after = now() WHERE name = $1 AND state = 'created'`,
      [queue],
    );
  }

  /** How many jobs of a queue are not over. */
  async openJobs(queue: string): Promise<number> {
    const [row] = await this.test.dataSource.query<{ count: number }[]>(
      `SELECT count(*) FROM pgboss.job WHERE name = $1 AND state IN ('created', 'retry', 'active')`,
      [queue],
    );
    return row?.count ?? 0;
  }

  /** How many notices of a conversation wait for the end of their delay. */
  async noticesWaiting(conversationId: number): Promise<number> {
    const [row] = await this.test.dataSource.query<{ count: number }[]>(
      `SELECT count(*) FROM pgboss.job
      WHERE name = 'notices' AND state = 'created' AND data @> $1`,
      [{ conversationId }],
    );
    return row?.count ?? 0;
  }

  /** A second instance on the same database. @returns what stops it */
  async startSecond(): Promise<() => Promise<void>> {
    const second = await createSecondApp(this.test);
    await second.get(Jobs).start();
    return async () => second.close();
  }

  /** One number of `/metrics`, 0 where it is not told yet. */
  async metric(name: string): Promise<number> {
    const { text } = await this.test.request({ method: 'GET', path: '/metrics' });
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1) ?? 0);
  }

  async close(): Promise<void> {
    await this.test.close();
    await this.push.close();
  }
}

/** The name of the counter of what became of tries. */
export function noticeMetric(channel: 'push' | 'mail', outcome: string): string {
  return `support_chat_notices_total{channel="${channel}",outcome="${outcome}"}`;
}
