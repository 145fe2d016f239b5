import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  API_ROUTES,
  APP_ROUTES,
  type NotificationChannels,
  type NotificationPreferences,
} from '@support-chat/contracts';
import { UserDirectory } from '../src/auth';
import { eventually } from './support/eventually';
import type { ReceivedMail } from '@support-chat/test-servers';
import { MAIL_PUBLIC_URL, MailStage } from './support/mail-stage';
import { noticeMetric } from './support/notice-stage';
import type { Answer, Person } from './support/test-app';
import { upload } from './support/uploads';

describe('mail', () => {
  let mails: MailStage;

  beforeAll(async () => {
    mails = await MailStage.start();
  });
  afterAll(async () => mails.close());

  it('one mail tells of all that is unread, with a link back and without a word of it', async () => {
    const student = await mails.stage.test.person('user', 'Zoë "Q" <Student>');
    const id = await mails.stage.conversationOf(student);
    await mails.stage.unswept(async () => {
      for (const content of ['your mark is A', 'well done']) {
        await mails.stage.send(mails.admin, id, content);
      }
    });
    const mail = await mails.mailTo(student);
    expect(mail.to).toMatchObject({ value: [{ address: student.email, name: student.name }] });
    expect(mail.from).toMatchObject({ value: [{ address: 'support@school.test' }] });
    expect(mail.subject).toBe('You have 2 new messages');
    for (const body of [mail.text, String(mail.html)]) {
      expect(body).toContain(MAIL_PUBLIC_URL + APP_ROUTES.support);
      expect(body).toContain(MAIL_PUBLIC_URL + API_ROUTES.unsubscribe);
      expect(body).not.toMatch(/mark is A|well done|Ada Admin/);
    }
    expect(mail.html).toContain('Zoë &quot;Q&quot; &lt;Student&gt;');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    // Of the newest message, so that a repeat is known for one.
    expect(mail.messageId).toBe(`<notice-${student.id}-${id}-2@chat.school.test>`);
  });

  it('every administrator who wants mails gets one, with a link to the conversation', async () => {
    const administrators = [
      await mails.stage.test.person('admin'),
      await mails.stage.test.person('admin'),
    ];
    const student = await mails.stage.test.person();
    const id = await mails.stage.conversationOf(student);
    await mails.stage.send(student, id, 'help');
    for (const administrator of administrators) {
      const mail = await mails.mailTo(administrator);
      expect(mail.text).toContain(`${MAIL_PUBLIC_URL}${APP_ROUTES.admin}/conversations/${id}\n`);
      await administrator.patch(API_ROUTES.notificationPreferences, { email: false });
    }
    expect(mails.server.to(mails.admin.email)).toEqual([]);
    expect(mails.server.to(student.email)).toEqual([]);
  });

  it('comes in the language of its reader', async () => {
    const student = await mails.stage.test.person();
    await student.patch(API_ROUTES.notificationPreferences, { language: 'ar' });
    const id = await mails.stage.conversationOf(student);
    await mails.stage.send(mails.admin, id);
    const mail = await mails.mailTo(student);
    expect(mail.subject).toBe('لديك رسالة جديدة');
    expect(mail.html).toContain('<html lang="ar" dir="rtl">');
  });

  it('nobody is mailed who does not want it, may no longer sign in, or is part of the demo', async () => {
    const { test } = mails.stage;
    const [unwilling, disabled, demo] = [
      await test.person(),
      await test.person(),
      await test.person(),
    ];
    const ids = await Promise.all(
      [unwilling, disabled, demo].map(async (person) => mails.stage.conversationOf(person)),
    );
    await unwilling.patch(API_ROUTES.notificationPreferences, { email: false });
    await test.app.get(UserDirectory).setActive(disabled.id, false);
    await test.dataSource.query('UPDATE auth_user SET is_demo = true WHERE id = $1', [demo.id]);
    for (const id of ids) await mails.stage.send(mails.admin, id);
    await mails.mailTo(await mails.waitingStudent());
    for (const { email } of [unwilling, disabled, demo]) expect(mails.server.to(email)).toEqual([]);
  });

  it('whoever is online gets none; it is looked at again later', async () => {
    const student = await mails.stage.test.person();
    const id = await mails.stage.conversationOf(student);
    const before = await mails.stage.metric(noticeMetric('mail', 'postponed'));
    mails.stage.seePresence();
    await mails.stage.send(mails.admin, id);
    await mails.outcomeReaches('postponed', before + 1);
    mails.stage.blindPresence();
    expect(mails.server.to(student.email)).toEqual([]);
    const [{ seconds } = { seconds: 0 }] = await mails.stage.waitingJobs('mails', student.id, id);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(10);
    await mails.mailTo(student);
  });

  it('what was read before the job runs needs no mail', async () => {
    const student = await mails.stage.test.person();
    const id = await mails.stage.conversationOf(student);
    const before = await mails.stage.metric(noticeMetric('mail', 'needless'));
    await mails.stage.send(mails.admin, id);
    await mails.stage.read(student, id);
    await mails.stage.tell('mail', student.id, id);
    await mails.outcomeReaches('needless', before + 1);
    expect(mails.server.to(student.email)).toEqual([]);
  });

  it('R32 a server that refuses for now is asked again, one that refuses for good is not', async () => {
    mails.server.behaviour = 'refuse-for-now';
    const failed = await mails.stage.metric(noticeMetric('mail', 'failed'));
    const [patient, unknown] = [await mails.waitingStudent(), await mails.waitingStudent()];
    await mails.stage.holdRetries('mails', 2);
    expect(await mails.stage.metric(noticeMetric('mail', 'failed'))).toBe(failed + 2);
    expect(mails.server.to(patient.email)).toEqual([]);
    mails.server.behaviour = 'refuse-recipient';
    await mails.stage.hurry('mail');
    await mails.outcomeReaches('failed', failed + 4);
    await eventually(async () => {
      expect(await mails.stage.parkedJobs('mails')).toEqual([patient.id, unknown.id]);
    });
    mails.server.behaviour = 'take';
    await mails.mailTo(await mails.waitingStudent());
  });
});

describe('mail that shows what was written', () => {
  let mails: MailStage;

  beforeAll(async () => {
    mails = await MailStage.start({ withText: true });
  });
  afterAll(async () => mails.close());

  it('A075 whatever was written stays text: no header, no markup, no end of the mail', async () => {
    const content = [
      'x\r\nBcc: evil@school.test\r\n\r\n.\r\nMAIL FROM:<evil@school.test>',
      '<script>alert(1)</script><a href="https://evil.test">',
    ].join('\r\n');
    const mail = await mails.mailTo(await mails.waitingStudent(undefined, content));
    expect(mail.recipients).toHaveLength(1);
    expect(mail.bcc).toBeUndefined();
    expect(mail.text).toContain('Bcc: evil@school.test');
    expect(mail.text).toContain('\n.\nMAIL FROM:<evil@school.test>');
    expect(mail.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(mail.html).not.toContain('<script');
    expect(mail.text).toContain('Ada Admin:');
    expect(mails.server.received).toHaveLength(1);
  });

  it('names the file of a message that says nothing else', async () => {
    const { stage, admin } = mails;
    const student = await stage.test.person();
    const id = await stage.conversationOf(student);
    const text = 'Here it is:';
    const { body: file } = await upload(stage.test, admin, id, { content: 'x', name: 'plan.txt' });
    await stage.unswept(async () => {
      await stage.send(admin, id, text);
      await admin.post(API_ROUTES.messages(id), { attachment_id: file.id });
    });
    const mail = await mails.mailTo(student);
    for (const body of [mail.text, String(mail.html)]) {
      expect(body).toContain('plan.txt');
      expect(body).toContain(text);
    }
  });
});

describe('the link that ends the mails', () => {
  let mails: MailStage;

  beforeAll(async () => {
    mails = await MailStage.start();
  });
  afterAll(async () => mails.close());

  const wantsMail = async (person: Person): Promise<boolean> =>
    (await person.get<NotificationPreferences>(API_ROUTES.notificationPreferences)).body.email;

  /** Path and query of the link in a mail, as its header has it. */
  function linkIn(mail: ReceivedMail): string {
    const source = mail.source.replace(/\r\n(?=[ \t])/g, '');
    const [, url] = /^List-Unsubscribe:\s*<([^>]+)>\r$/im.exec(source) ?? [];
    if (url === undefined) throw new Error('The mail has no such header.');
    expect(source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/im);
    expect(mail.text).toContain(url);
    return url.replace(MAIL_PUBLIC_URL, '');
  }

  const call = async (method: string, path: string, type?: string): Promise<Answer> =>
    mails.stage.test.request({
      method,
      path,
      ...(type && { body: 'List-Unsubscribe=One-Click', headers: { 'content-type': type } }),
    });

  it('asks first, and then works without signing in, as RFC 8058 has it', async () => {
    const { body } = await mails.admin.get<NotificationChannels>(API_ROUTES.notificationChannels);
    expect(body.email).toBe(true);
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const student = await mails.waitingStudent();
      const link = linkIn(await mails.mailTo(student));
      const page = await call('GET', link);
      expect(page).toMatchObject({ status: 200 });
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.text).toContain('<form method="post"><button>');
      expect(await wantsMail(student)).toBe(true);
      for (const _ of ['first', 'again']) expect((await call('POST', link, type)).status).toBe(200);
      expect(await wantsMail(student)).toBe(false);
    }
  });

  it('is as good as altered once its user is deleted', async () => {
    const student = await mails.waitingStudent();
    const link = linkIn(await mails.mailTo(student));
    await mails.stage.test.dataSource.query('DELETE FROM auth_user WHERE id = $1', [student.id]);
    expect((await call('POST', link)).status).toBe(404);
  });

  it('A086 an altered one ends nothing', async () => {
    const student = await mails.waitingStudent();
    const link = linkIn(await mails.mailTo(student));
    const path = API_ROUTES.unsubscribe;
    const [, token = ''] = link.split('token=');
    const [, signature = ''] = token.split('.');
    for (const wrong of [
      `${path}?token=${student.id + 1}.${signature}`,
      `${link.slice(0, -2)}AA`,
      `${path}?token=${student.id}.`,
      `${path}?token=${token}&token=${token}`,
      `${path}?token=`,
      path,
    ]) {
      for (const method of ['GET', 'POST']) {
        expect([wrong, (await call(method, wrong)).status]).toEqual([wrong, 404]);
      }
    }
    expect(await wantsMail(student)).toBe(true);
  });
});
