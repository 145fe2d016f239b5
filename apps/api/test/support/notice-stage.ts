import { API_ROUTES, type Conversation, type Message } from '@support-chat/contracts';
import type { Settings } from '../../src/platform/config/settings';
import { Jobs } from '../../src/platform/jobs/jobs';
import { PushService, type TestDevice } from './push-service';
import { createTestApp, type Person, type TestApp } from './test-app';

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

  async conversationOf(student: Person): Promise<number> {
    return (await student.get<Conversation>(API_ROUTES.myConversation)).body.id;
  }

  async send(sender: Person, conversationId: number, content = 'hello'): Promise<Message> {
    const path = API_ROUTES.messages(conversationId);
    const answer = await sender.post<Message>(path, { content });
    if (answer.status !== 201) throw new Error(`Sending was answered ${answer.status}.`);
    return answer.body;
  }

  async read(reader: Person, conversationId: number): Promise<void> {
    await reader.post(API_ROUTES.markConversationRead(conversationId));
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
