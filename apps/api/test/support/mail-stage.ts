import { expect } from '@jest/globals';
import { API_ROUTES } from '@support-chat/contracts';
import { MailServer, type ReceivedMail } from '@support-chat/test-servers';
import type { MailSettings } from '../../src/platform/config/settings';
import { eventually } from './eventually';
import { NoticeStage, noticeMetric } from './notice-stage';
import type { Person } from './test-app';

export const MAIL_PUBLIC_URL = 'https://chat.school.test';
const PATIENCE_MS = 20_000;

/** The whole API with a mail server, and an admin who gets no mails unless they want them. */
export class MailStage {
  private constructor(
    readonly server: MailServer,
    readonly stage: NoticeStage,
    readonly admin: Person,
  ) {}

  static async start(overrides: Partial<MailSettings> = {}): Promise<MailStage> {
    const server = await MailServer.start();
    const from = 'Support <support@school.test>';
    const mail = { smtpUrl: server.url, from, delayMinutes: 0, withText: false, ...overrides };
    const stage = await NoticeStage.start({ mail, publicUrl: MAIL_PUBLIC_URL });
    // Whoever calls counts as online for a minute.
    stage.blindPresence();
    const admin = await stage.test.person('admin');
    await admin.patch(API_ROUTES.notificationPreferences, { email: false });
    return new MailStage(server, stage, admin);
  }

  /** A student with something unread. */
  async waitingStudent(name?: string, content = 'your mark is A'): Promise<Person> {
    const student = await this.stage.test.person('user', name);
    await this.stage.send(this.admin, await this.stage.conversationOf(student), content);
    return student;
  }

  /** The newest mail to somebody, as soon as they have got so many. */
  async mailTo({ email }: Person, count = 1): Promise<ReceivedMail> {
    await eventually(() => {
      expect(this.server.to(email)).toHaveLength(count);
    }, PATIENCE_MS);
    const mail = this.server.to(email).at(-1);
    if (!mail) throw new Error('There is no mail.');
    return mail;
  }

  async outcomeReaches(outcome: string, count: number): Promise<void> {
    await eventually(async () => {
      expect(await this.stage.metric(noticeMetric('mail', outcome))).toBeGreaterThanOrEqual(count);
    }, PATIENCE_MS);
  }

  async close(): Promise<void> {
    await this.stage.close();
    await this.server.close();
  }
}
