import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES } from '@support-chat/contracts';
import { FORGET } from '../src/notifications/telling/told-once.statements';
import { MailStage } from './support/mail-stage';
import { noticeMetric } from './support/notice-stage';

describe('a mailed conversation', () => {
  let mails: MailStage;

  beforeAll(async () => {
    mails = await MailStage.start();
  });
  afterAll(async () => mails.close());

  const outcomes = async (outcome: string): Promise<number> =>
    mails.stage.metric(noticeMetric('mail', outcome));

  it('makes no second mail however much is written, until it is read', async () => {
    const { stage, admin } = mails;
    const student = await stage.test.person();
    const id = await stage.conversationOf(student);
    const sent = await outcomes('sent');
    await stage.send(admin, id);
    await mails.outcomeReaches('sent', sent + 1);
    for (const content of ['and this', 'and that']) {
      await stage.handedOn('mail', await stage.send(admin, id, content));
    }
    expect(await stage.jobsMade('mails', student.id, id)).toBe(1);
    const needless = await outcomes('needless');
    await stage.tell('mail', student.id, id);
    await mails.outcomeReaches('needless', needless + 1);
    expect(mails.server.to(student.email)).toHaveLength(1);
    await stage.read(student, id);
    await stage.send(admin, id, 'something new');
    expect((await mails.mailTo(student, 2)).subject).toBe('You have a new message');
  });

  it('makes one for whoever has not got any', async () => {
    const { stage } = mails;
    const [early, late] = [await stage.test.person('admin'), await stage.test.person('admin')];
    await late.patch(API_ROUTES.notificationPreferences, { email: false });
    const student = await stage.test.person();
    const id = await stage.conversationOf(student);
    const sent = await outcomes('sent');
    await stage.send(student, id);
    await mails.outcomeReaches('sent', sent + 1);
    await late.patch(API_ROUTES.notificationPreferences, { email: true });
    await stage.send(student, id);
    expect((await mails.mailTo(late)).subject).toBe('You have 2 new messages');
    expect(mails.server.to(early.email)).toHaveLength(1);
    for (const each of [early, late]) {
      await each.patch(API_ROUTES.notificationPreferences, { email: false });
    }
  });

  it('is remembered as long as it is unread, and no longer than needed', async () => {
    const { stage, admin } = mails;
    const student = await stage.test.person();
    const id = await stage.conversationOf(student);
    const sent = await outcomes('sent');
    await stage.send(admin, id);
    await mails.outcomeReaches('sent', sent + 1);
    const forgetAfterDays = async (days: number): Promise<number | null> => {
      await stage.test.outside.query(
        'UPDATE notification_told SET held_until = now() - make_interval(days => $1)',
        [days],
      );
      await stage.test.outside.query(FORGET.text);
      const told = await stage.test.outside.query(
        'SELECT FROM notification_told WHERE to_id = $1',
        [student.id],
      );
      return told.rowCount;
    };
    expect(await forgetAfterDays(100)).toBe(1);
    await stage.read(student, id);
    expect(await forgetAfterDays(6)).toBe(1);
    expect(await forgetAfterDays(8)).toBe(0);
  });
});
