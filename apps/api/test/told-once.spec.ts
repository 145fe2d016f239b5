import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES } from '@support-chat/contracts';
import { MailServer } from '@support-chat/test-servers';
import { eventually } from './support/eventually';
import { NoticeStage, noticeMetric } from './support/notice-stage';
import type { Person } from './support/test-app';

const PATIENCE_MS = 20_000;
const MESSAGES = ['one', 'two', 'three'];

describe('an outage of what carries notices', () => {
  let server: MailServer;
  let stage: NoticeStage;
  let admin: Person;

  beforeAll(async () => {
    server = await MailServer.start();
    const from = 'Support <support@school.test>';
    stage = await NoticeStage.start({
      publicUrl: 'https://chat.school.test',
      mail: { smtpUrl: server.url, from, delayMinutes: 0, withText: false },
    });
    stage.blindPresence();
    admin = await stage.test.person('admin');
    await admin.patch(API_ROUTES.notificationPreferences, { email: false });
  });
  afterAll(async () => {
    await stage.close();
    await server.close();
  });

  async function outcomeReaches(
    channel: 'push' | 'mail',
    outcome: string,
    count: number,
  ): Promise<void> {
    await eventually(async () => {
      expect(await stage.metric(noticeMetric(channel, outcome))).toBe(count);
    }, PATIENCE_MS);
  }

  /** Each fails before the next is sent, so that each has a job that waits for another try. */
  async function sendWhileDown(channel: 'push' | 'mail', student: Person): Promise<void> {
    const before = await stage.metric(noticeMetric(channel, 'failed'));
    const id = await stage.conversationOf(student);
    for (const [n, content] of MESSAGES.entries()) {
      await stage.send(admin, id, content);
      await outcomeReaches(channel, 'failed', before + n + 1);
    }
  }

  /** Every job is over: with the message told, and the others found needless. */
  async function allAreOver(queue: string, channel: 'push' | 'mail'): Promise<void> {
    await eventually(async () => {
      await stage.hurry(channel);
      await stage.startWaitingJobs(queue);
      const sent = await stage.metric(noticeMetric(channel, 'sent'));
      const needless = await stage.metric(noticeMetric(channel, 'needless'));
      expect([sent, needless]).toEqual([1, expect.any(Number)]);
      expect(needless).toBeGreaterThan(0);
      expect(await stage.openJobs(queue)).toBe(0);
    }, PATIENCE_MS);
  }

  it('R33 ends in one push for all that was sent meanwhile', async () => {
    const student = await stage.test.person();
    await student.patch(API_ROUTES.notificationPreferences, { email: false });
    const device = await stage.deviceOf(student);
    device.behaviour = 503;
    await sendWhileDown('push', student);
    device.behaviour = 201;
    await allAreOver('pushes', 'push');
    expect(stage.push.receivedBy(device)).toHaveLength(1);
    expect(stage.push.receivedBy(device)[0]?.payload.notification.data.seq).toBe(MESSAGES.length);
  }, 60_000);

  it('R33 ends in one mail for all that was sent meanwhile', async () => {
    const student = await stage.test.person();
    server.behaviour = 'refuse-for-now';
    await sendWhileDown('mail', student);
    server.behaviour = 'take';
    await allAreOver('mails', 'mail');
    expect(server.to(student.email)).toHaveLength(1);
    expect(server.to(student.email)[0]?.subject).toBe('You have 3 new messages');
  }, 60_000);
});
