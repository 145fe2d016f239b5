import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  API_ROUTES,
  type Conversation,
  type LatestUnread,
  type Message,
  type Updates,
} from '@support-chat/contracts';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { AttachmentCleaning } from '../src/chat';
import { deleteMessage as takeAway } from '../src/chat/messages/message-deletion';
import { Database } from '../src/platform/database/database';
import { toProblem } from '../src/platform/http/to-problem';
import { command, RECOUNT, runCommand } from './support/conversation-commands';
import { eventually } from './support/eventually';
import { picture } from './support/images';
import { MailStage } from './support/mail-stage';
import { noticeMetric } from './support/notice-stage';
import { runCommandLine, type CommandOutcome } from './support/run-command';
import { TEST_JWT_SECRET, type Answer, type Person, type TestApp } from './support/test-app';
import { Uploader } from './support/uploader';

const PATIENCE_MS = 20_000;
const SECRET = 'what nobody should have to see';

/** As the callers of the other commands do, who are told to try again. */
function ignoreUnavailable(error: unknown): void {
  if (toProblem(error).code !== 'unavailable') throw error;
}

async function chat(test: TestApp, ...args: string[]): Promise<CommandOutcome> {
  const environment = { DATABASE_URL: test.databaseUrl, JWT_SECRET: TEST_JWT_SECRET };
  return runCommandLine(args, environment, '/nonexistent');
}

describe('a message that the operator deletes', () => {
  let mails: MailStage;
  let test: TestApp;
  let admin: Person;
  let uploader: Uploader;
  let conversationId: number;

  beforeAll(async () => {
    mails = await MailStage.start({ withText: true, delayMinutes: 60 });
    ({ test } = mails.stage);
    admin = await test.person('admin');
  });
  afterAll(async () => mails.close());

  const deleteMessage = async (id: number): Promise<CommandOutcome> =>
    chat(test, 'delete-message', String(id));

  const updates = async (person: Person, after: number): Promise<Answer<Updates>> =>
    person.get(`${API_ROUTES.updates(conversationId)}?after=${after}`);

  const inboxRow = async (): Promise<Conversation | undefined> => {
    const { body } = await admin.get<{ results: Conversation[] }>(API_ROUTES.conversations);
    return body.results.find(({ id }) => id === conversationId);
  };

  const isExact = async (): Promise<boolean | undefined> =>
    (await test.outside.query<{ is_exact: boolean }>(RECOUNT, [conversationId])).rows[0]?.is_exact;

  /** A student's text and their image after it, both unread. */
  async function sendTextAndImage(): Promise<{ text: Message; image: Message }> {
    uploader = new Uploader(test);
    await uploader.signIn();
    conversationId = uploader.conversation.id;
    const text = await mails.stage.send(uploader.person, conversationId, SECRET);
    const { body } = await uploader.upload(await picture(20, 20).png().toBuffer());
    return { text, image: await uploader.send(body.id) };
  }

  it('is shown as deleted on both sides at the next poll, and its file is gone', async () => {
    const { text, image } = await sendTextAndImage();
    const content = API_ROUTES.attachmentContent(image.attachment?.id ?? 0);
    expect((await admin.get(content)).status).toBe(200);
    // Remembered by all that answers from memory.
    for (const person of [uploader.person, admin]) {
      expect((await updates(person, image.revision)).status).toBe(204);
    }
    expect(await inboxRow()).toMatchObject({ unread_count: 2, last_message: { id: image.id } });
    expect(await deleteMessage(image.id)).toMatchObject({
      exitCode: 0,
      printed: expect.stringContaining(`Message ${image.id} is deleted.`),
    });
    for (const person of [uploader.person, admin]) {
      await eventually(async () => {
        const { body } = await updates(person, image.revision);
        expect(body).toMatchObject({
          revision: image.revision + 1,
          messages: [{ id: image.id, content: '', attachment: null }],
        });
        expect(body.messages[0]?.deleted_at).toMatch(/^\d{4}-/);
      }, PATIENCE_MS);
      expect((await person.get(content)).status).toBe(404);
      const { body } = await person.get<{ results: Message[] }>(
        API_ROUTES.messages(conversationId),
      );
      expect(body.results.map(({ id, content }) => [id, content])).toEqual([
        [image.id, ''],
        [text.id, SECRET],
      ]);
    }
    const last_message = { id: image.id, content: '', attachment: null };
    expect(await inboxRow()).toMatchObject({ unread_count: 1, message_count: 2, last_message });
    const { body: waiting } = await admin.get<LatestUnread>(API_ROUTES.latestUnread);
    expect(waiting).toMatchObject({ unread_count: 1, results: [{ message: { id: text.id } }] });
    expect(await isExact()).toBe(true);
    await test.app.get(AttachmentCleaning).clean();
    expect(await uploader.files()).toEqual([]);
  });

  it('leaves what was read, and what is read later, counted right', async () => {
    const { text, image } = await sendTextAndImage();
    await admin.post(API_ROUTES.markMessagesRead, { message_ids: [text.id] });
    expect((await deleteMessage(text.id)).exitCode).toBe(0);
    expect(await inboxRow()).toMatchObject({ unread_count: 1, last_message: { id: image.id } });
    expect((await deleteMessage(image.id)).exitCode).toBe(0);
    await eventually(async () => {
      expect(await inboxRow()).toMatchObject({ unread_count: 0 });
    }, PATIENCE_MS);
    await mails.stage.read(admin, conversationId);
    const answer = await mails.stage.send(admin, conversationId, 'an answer');
    expect((await deleteMessage(answer.id)).exitCode).toBe(0);
    expect(await isExact()).toBe(true);
  });

  it('R12 leaves counts equal to a recount, whatever else is called at the same time', async () => {
    const database = test.app.get(Database);
    const steps = fc.array(fc.oneof(command, fc.nat({ max: 7 })), { minLength: 8, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(steps, async (calls) => {
        const people = { user: await test.person(), admin };
        conversationId = await mails.stage.conversationOf(people.user);
        const sent: Message[] = [];
        for (let n = 0; n < 8; n += 1) {
          const sender = n % 2 === 0 ? people.user : people.admin;
          sent.push(await mails.stage.send(sender, conversationId));
        }
        await Promise.all(
          calls.map(async (call) =>
            typeof call === 'number'
              ? takeAway(database, sent[call]?.id ?? 0).catch(ignoreUnavailable)
              : runCommand(people, conversationId, call),
          ),
        );
        expect(await isExact()).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('is told of by no push and no mail that waits; what is left of the talk is', async () => {
    const student = await test.person();
    conversationId = await mails.stage.conversationOf(student);
    const kept = await mails.stage.send(mails.admin, conversationId, 'a kind word');
    const secret = await mails.stage.send(mails.admin, conversationId, SECRET);
    expect((await deleteMessage(secret.id)).exitCode).toBe(0);
    await mails.stage.tell('mail', student.id, conversationId);
    const mail = await mails.mailTo(student);
    expect(mail.subject).toBe('You have a new message');
    expect(mail.text).toContain('a kind word');
    expect(mail.source).not.toContain(SECRET);
    expect((await deleteMessage(kept.id)).exitCode).toBe(0);
    const device = await mails.stage.deviceOf(student);
    const needless = noticeMetric('push', 'needless');
    const before = await mails.stage.metric(needless);
    await mails.stage.tell('push', await mails.stage.deviceId(device), conversationId);
    await eventually(async () => {
      expect(await mails.stage.metric(needless)).toBe(before + 1);
    }, PATIENCE_MS);
    expect(device.calls).toBe(0);
  });

  it('is refused with a word where there is none, or none any more', async () => {
    const student = await test.person();
    const id = await mails.stage.conversationOf(student);
    const draft = { content: SECRET, client_message_id: randomUUID() };
    const { body: sent } = await student.post<Message>(API_ROUTES.messages(id), draft);
    expect((await deleteMessage(sent.id)).exitCode).toBe(0);
    expect(await deleteMessage(sent.id)).toMatchObject({
      exitCode: 1,
      printed: '',
      errors: `Message ${sent.id} is deleted already.\n`,
    });
    expect(await deleteMessage(sent.id + 1_000)).toMatchObject({
      exitCode: 1,
      errors: `There is no message ${sent.id + 1_000}.\n`,
    });
    // Whoever never heard that it was stored repeats it in vain, and learns what became of it.
    const again = await student.post<Message>(API_ROUTES.messages(id), draft);
    expect([again.status, again.body.id, again.body.content]).toEqual([200, sent.id, '']);
  });
});
