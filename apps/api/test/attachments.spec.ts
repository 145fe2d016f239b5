import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  API_ROUTES,
  type AttachmentPolicy,
  type Conversation,
  type Message,
  type Page,
  type StagedAttachment,
  type Updates,
} from '@support-chat/contracts';
import { createHash, randomUUID } from 'node:crypto';
import { UserDirectory } from '../src/auth';
import { FolderStore } from '../src/platform/storage/folder-store';
import { picture } from './support/images';
import {
  createTestApp,
  problemOf,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';
import { upload, type FormFile } from './support/uploads';

const TEXT: FormFile = { content: 'some words', name: 'notes.txt' };

describe('attachments', () => {
  let test: TestApp;
  let student: Person;
  let admin: Person;
  let conversation: Conversation;

  beforeAll(async () => {
    test = await createTestApp();
    admin = await test.person('admin');
  });
  afterAll(async () => test.close());

  beforeEach(async () => {
    student = await test.person();
    conversation = (await student.get<Conversation>(API_ROUTES.myConversation)).body;
  });

  const staged = async (file = TEXT, by = student): Promise<StagedAttachment> => {
    const answer = await upload(test, by, conversation.id, file);
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    return answer.body;
  };
  const send = async (body: object, by = student): Promise<Answer<Message>> =>
    by.post<Message>(API_ROUTES.messages(conversation.id), body);

  it('a document goes up, is bound to a message, and comes down as it was', async () => {
    const content = Buffer.from('%PDF-1.7\nsome pages');
    const file = await staged({ content, name: 'essay.pdf' });
    expect(file).toMatchObject({
      conversation_id: conversation.id,
      name: 'essay.pdf',
      media_type: 'application/pdf',
      size: content.length,
      width: null,
      has_thumbnail: false,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
    const sent = await send({ attachment_id: file.id });
    const { conversation_id: _, sha256: _hash, expires_at: _time, ...attachment } = file;
    expect([sent.status, sent.body.message_type, sent.body.content]).toEqual([201, 'file', '']);
    expect(sent.body.attachment).toEqual(attachment);
    const down = await admin.get(API_ROUTES.attachmentContent(file.id));
    expect([down.status, down.text]).toEqual([200, content.toString()]);
    expect(down.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(content.length),
      'content-disposition': `attachment; filename="essay.pdf"; filename*=UTF-8''essay.pdf`,
    });
  });

  it('an image is drawn anew, with its size and a thumbnail, and shown in every list', async () => {
    const content = await picture(1200, 800).jpeg().toBuffer();
    const file = await staged({ content, name: 'shot.jpg' });
    expect(file).toMatchObject({
      media_type: 'image/jpeg',
      width: 1200,
      height: 800,
      has_thumbnail: true,
    });
    const sent = await send({ attachment_id: file.id, content: 'look' });
    expect(sent.body).toMatchObject({ message_type: 'image', content: 'look' });
    const base = API_ROUTES.conversation(conversation.id);
    const attachment = sent.body.attachment;
    const updates = await student.get<Updates>(`${base}updates/`);
    expect(updates.body.messages[0]?.attachment).toEqual(attachment);
    expect(updates.body.conversation.last_message?.attachment).toEqual(attachment);
    const page = await student.get<Page<Message>>(`${base}messages/`);
    expect(page.body.results[0]?.attachment).toEqual(attachment);
    const shown = await admin.get(API_ROUTES.attachmentContent(file.id));
    expect(shown.headers['content-disposition']).toMatch(/^inline/);
    const small = await admin.get(API_ROUTES.attachmentThumbnail(file.id));
    expect([small.status, small.headers['content-type']]).toEqual([200, 'image/webp']);
  });

  it('R04 a retry with the same id gives the stored message, another file is another message', async () => {
    const [one, two] = [await staged(), await staged()];
    const id = randomUUID();
    const body = { client_message_id: id, attachment_id: one.id };
    const answers = await Promise.all([1, 2, 3, 4].map(async () => send(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    for (const attachment_id of [two.id, undefined]) {
      const other = await send({
        client_message_id: id,
        attachment_id,
        content: attachment_id ? '' : 'x',
      });
      expect([other.status, problemOf(other).code]).toEqual([409, 'client_message_id_reused']);
    }
    const again = await send({ attachment_id: one.id });
    expect([again.status, problemOf(again).code]).toEqual([409, 'attachment_used']);
  });

  it('one upload becomes one message, however many sends want it at once', async () => {
    const { id } = await staged();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => send({ attachment_id: id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it('A005 only an own upload to this very conversation can be sent', async () => {
    const { id } = await staged();
    const other = await test.person();
    const { body: theirs } = await other.get<Conversation>(API_ROUTES.myConversation);
    const tries = [
      await other.post(API_ROUTES.messages(theirs.id), { attachment_id: id }),
      await send({ attachment_id: id }, admin),
      await admin.post(API_ROUTES.messages(theirs.id), { attachment_id: id }),
      await send({ attachment_id: 987_654_321 }),
    ];
    for (const answer of tries) expect(answer.status).toBe(404);
    for (const attachment_id of [0, -1, 'x', 1.5, [id]]) {
      const wrong = await send({ attachment_id });
      expect(problemOf(wrong).errors).toMatchObject([{ field: 'attachment_id' }]);
    }
    const after = await student.get<Conversation>(API_ROUTES.conversation(conversation.id));
    expect(after.body.message_count).toBe(0);
    expect((await send({ attachment_id: id })).status).toBe(201);
  });

  it('A005 a file is for the people of its conversation, and unsent for its uploader alone', async () => {
    const { id } = await staged();
    const stranger = await test.person();
    const statuses = async (by: Person): Promise<number[]> => [
      (await by.get(API_ROUTES.attachmentContent(id))).status,
      (await by.post(API_ROUTES.attachmentLink(id))).status,
    ];
    expect(await statuses(student)).toEqual([200, 201]);
    expect(await statuses(admin)).toEqual([404, 404]);
    await send({ attachment_id: id });
    expect(await statuses(admin)).toEqual([200, 201]);
    expect(await statuses(stranger)).toEqual([404, 404]);
    const foreign = await upload(test, stranger, conversation.id, TEXT);
    expect([foreign.status, problemOf(foreign).code]).toEqual([404, 'not_found']);
  });

  it.each([
    ['A127 nothing is kept of an upload whose sender was disabled meanwhile', 'disabled'],
    ['nor where the sender has another role by now', 'admin'],
  ])('%s', async (_, change) => {
    const arrived = Promise.withResolvers<undefined>();
    const gate = Promise.withResolvers<undefined>();
    const { put } = FolderStore.prototype;
    const stored = jest.spyOn(FolderStore.prototype, 'put');
    stored.mockImplementationOnce(async function (this: FolderStore, ...file) {
      arrived.resolve(undefined);
      await gate.promise;
      return put.apply(this, file);
    });
    const removed = jest.spyOn(FolderStore.prototype, 'remove');
    const answer = upload(test, student, conversation.id, TEXT);
    await arrived.promise;
    const users = test.app.get(UserDirectory);
    if (change === 'admin') await users.setRole(student.id, 'admin');
    else await users.setActive(student.id, false);
    gate.resolve(undefined);
    const refused = await answer;
    expect([refused.status, problemOf(refused).code]).toEqual([401, 'unauthenticated']);
    const { rows } = await test.outside.query(
      'SELECT FROM chat_attachments WHERE uploader_id = $1',
      [student.id],
    );
    expect(rows).toEqual([]);
    expect(removed.mock.calls.flat(2)).toContain(stored.mock.calls[0]?.[0]);
    jest.restoreAllMocks();
  });

  it('an unsent upload can be taken back, a sent one not', async () => {
    const discard = async (id: number, by = student): Promise<number> =>
      (
        await test.request({
          method: 'DELETE',
          path: API_ROUTES.attachment(id),
          headers: { authorization: `Bearer ${by.token}` },
        })
      ).status;
    const { id } = await staged();
    expect(await discard(id, admin)).toBe(404);
    expect(await discard(id)).toBe(204);
    expect(await discard(id)).toBe(404);
    const sent = await staged();
    await send({ attachment_id: sent.id });
    expect(await discard(sent.id)).toBe(409);
    expect(await discard(sent.id, admin)).toBe(409);
  });

  it('words may be missing with a file only', async () => {
    const { id } = await staged();
    for (const body of [{}, { content: '' }, { content: ' ' }, { attachment_id: null }]) {
      expect(problemOf(await send(body)).errors).toMatchObject([{ field: 'content' }]);
    }
    const tooLong = await send({ attachment_id: id, content: 'x'.repeat(4001) });
    expect(problemOf(tooLong).errors).toMatchObject([{ field: 'content', code: 'too_long' }]);
    expect((await send({ attachment_id: id, content: '  ', message_type: 'text' })).status).toBe(
      201,
    );
  });

  it('administrators say what may be uploaded, and everybody is told', async () => {
    const before = await student.get<AttachmentPolicy>(API_ROUTES.attachmentPolicy);
    expect(before.body).toMatchObject({ is_enabled: true, max_bytes: 10 * 1024 * 1024 });
    const change = async (body: unknown, by = admin): Promise<Answer> =>
      test.request({
        method: 'PUT',
        path: API_ROUTES.changeAttachmentPolicy,
        headers: { authorization: `Bearer ${by.token}` },
        body,
      });
    const policy = { is_enabled: true, allowed_types: ['image/png'], max_bytes: 5 };
    expect((await change(policy, student)).status).toBe(403);
    for (const wrong of [
      { max_bytes: 0 },
      { max_bytes: 10 * 1024 * 1024 + 1 },
      { is_enabled: 'yes' },
      { allowed_types: ['image/svg+xml'] },
      { allowed_types: 'image/png' },
    ]) {
      expect((await change({ ...policy, ...wrong })).status).toBe(400);
    }
    expect((await change(policy)).body).toEqual(policy);
    expect((await student.get(API_ROUTES.attachmentPolicy)).body).toEqual(policy);
    const large = await upload(test, student, conversation.id, TEXT);
    expect([large.status, problemOf(large).code]).toEqual([413, 'payload_too_large']);
    const type = await upload(test, student, conversation.id, { content: 'text' });
    expect(problemOf(type).errors).toMatchObject([{ field: 'file', code: 'not_allowed' }]);
    await change({ ...policy, is_enabled: false });
    expect((await upload(test, student, conversation.id, TEXT)).status).toBe(403);
    await change(before.body);
    await staged();
  });
});
