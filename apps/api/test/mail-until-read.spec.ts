import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES } from '@support-chat/contracts';
import { eventually } from './support/eventually';
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
    const postponed = await outcomes('postponed');
    await stage.startWaitingJobs('mails');
    await mails.outcomeReaches('postponed', postponed + 1);
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
    await eventually(async () => {
      expect(await stage.waitingJobs('mails', early.id, id)).toHaveLength(1);
    });
    expect(mails.server.to(early.email)).toHaveLength(1);
    for (const each of [early, late]) {
      await each.patch(API_ROUTES.notificationPreferences, { email: false });
    }
  });

  it('makes another when what it told of is read, and not what came after', async () => {
    const { stage, admin } = mails;
    const student = await stage.test.person();
    const id = await stage.conversationOf(student);
    const first = await stage.send(admin, id);
    await mails.mailTo(student);
    await stage.handedOn('mail', await stage.send(admin, id, 'and this'));
    await student.post(API_ROUTES.markMessagesRead, { message_ids: [first.id] });
    expect((await mails.mailTo(student, 2)).subject).toBe('You have a new message');
  });
});
