import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  API_ROUTES,
  LIMITS,
  type AttachmentLink,
  type Conversation,
  type Message,
  type StagedAttachment,
} from '@support-chat/contracts';
import { UserDirectory } from '../src/auth';
import { FolderStore } from '../src/platform/storage/folder-store';
import {
  createTestApp,
  problemOf,
  type Answer,
  type Person,
  type TestApp,
} from './support/test-app';
import { upload } from './support/uploads';

const CONTENT = 'The quick brown fox jumps over the lazy dog. '.repeat(100);

describe('downloads', () => {
  let test: TestApp;
  let student: Person;
  let conversation: Conversation;
  let file: StagedAttachment;
  let message: Message;

  beforeAll(async () => {
    test = await createTestApp();
    student = await test.person();
    conversation = (await student.get<Conversation>(API_ROUTES.myConversation)).body;
    [file, message] = await sendFile(student, conversation.id);
  });
  afterAll(async () => test.close());
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  async function sendFile(by: Person, to: number): Promise<[StagedAttachment, Message]> {
    const { body } = await upload(test, by, to, { content: CONTENT, name: 'fox.txt' });
    const sent = await by.post<Message>(API_ROUTES.messages(to), { attachment_id: body.id });
    expect(sent.status).toBe(201);
    return [body, sent.body];
  }
  const get = async (headers: Record<string, string> = {}): Promise<Answer> =>
    student.get(API_ROUTES.attachmentContent(file.id), headers);
  const open = async (path: string): Promise<Answer> => test.request({ method: 'GET', path });
  const linkTo = async (id: number, by = student): Promise<string> =>
    (await by.post<AttachmentLink>(API_ROUTES.attachmentLink(id))).body.url;

  it('goes out as it is: whole, uncompressed, and not again where it is known', async () => {
    const whole = await get({ 'accept-encoding': 'br, gzip' });
    expect([whole.status, whole.text]).toEqual([200, CONTENT]);
    expect(whole.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(CONTENT.length),
      'accept-ranges': 'bytes',
    });
    expect(whole.headers['content-encoding']).toBeUndefined();
    const again = await get({ 'if-none-match': String(whole.headers['etag']) });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('tells about itself without being read', async () => {
    const read = jest.spyOn(FolderStore.prototype, 'read');
    const path = API_ROUTES.attachmentContent(file.id);
    const headers = { authorization: `Bearer ${student.token}` };
    const told = await test.request({ method: 'HEAD', path, headers });
    expect([told.status, told.text, read.mock.calls]).toEqual([200, '', []]);
    expect(told.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(CONTENT.length),
      'content-disposition': expect.stringContaining('fox.txt'),
    });
  });

  it.each([
    ['bytes=0-9', 0, 9],
    ['bytes=100-', 100, CONTENT.length - 1],
    ['bytes=-10', CONTENT.length - 10, CONTENT.length - 1],
    ['bytes=-999999', 0, CONTENT.length - 1],
    ['bytes=4490-99999999', 4490, CONTENT.length - 1],
    [`bytes=${CONTENT.length - 1}-`, CONTENT.length - 1, CONTENT.length - 1],
  ])('gives the part %s', async (range, first, last) => {
    const part = await get({ range });
    expect([part.status, part.text]).toEqual([206, CONTENT.slice(first, last + 1)]);
    expect(part.headers).toMatchObject({
      'content-range': `bytes ${first}-${last}/${CONTENT.length}`,
      'content-length': String(last - first + 1),
    });
  });

  it.each(
    [
      'bytes=9-0',
      'bytes=0-1,5-6',
      `bytes=${Array.from({ length: 1000 }, (_, n) => `${n * 2}-${n * 2}`).join(',')}`,
      'bytes=',
      'bytes=-',
      'bytes=a-b',
      'bytes=0-9999999999999999999999',
      'pages=1-2',
      'bytes 0-9',
    ].map((range): [string, string] => [range.slice(0, 40), range]),
  )('A087 gives everything for a range it does not know: %s', async (_, range) => {
    const whole = await get({ range });
    expect([whole.status, whole.text.length]).toEqual([200, CONTENT.length]);
  });

  it.each([`bytes=${CONTENT.length}-`, 'bytes=99999999-', 'bytes=-0'])(
    'A087 has no part %s',
    async (range) => {
      const none = await get({ range });
      expect([none.status, problemOf(none).code]).toEqual([416, 'range_not_satisfiable']);
      expect(none.headers['content-range']).toBe(`bytes */${CONTENT.length}`);
      expect(none.headers).not.toHaveProperty('etag');
      expect(none.headers['cache-control']).toBe('no-store');
      expect(none.headers['content-security-policy']).not.toContain('sandbox');
    },
  );

  it('gives a part only of the file that the client has the rest of', async () => {
    const { headers } = await get();
    const range = 'bytes=0-9';
    expect((await get({ range, 'if-range': String(headers['etag']) })).status).toBe(206);
    expect((await get({ range, 'if-range': '"another"' })).status).toBe(200);
  });

  it('a link opens the file without a header, in parts too', async () => {
    const { status, body } = await student.post<AttachmentLink>(API_ROUTES.attachmentLink(file.id));
    expect([status, body.expires_in]).toEqual([201, LIMITS.attachmentLinkSeconds]);
    expect((await open(body.url)).text).toBe(CONTENT);
    const part = await test.request({
      method: 'GET',
      path: body.url,
      headers: { range: 'bytes=0-2' },
    });
    expect([part.status, part.text]).toEqual([206, 'The']);
  });

  it('A086 an altered link, or one of another file, opens nothing', async () => {
    const [other] = await sendFile(student, conversation.id);
    const stranger = await test.person();
    const link = await linkTo(file.id);
    const [path = '', query = ''] = link.split('?link=');
    const [user = '', family = '', expires = '', signature = ''] = query.split('.');
    const altered = [
      [stranger.id, family, expires, signature],
      [user, family.replace(/.$/, (last) => (last === '0' ? '1' : '0')), expires, signature],
      [user, family, Number(expires) + 1, signature],
      [user, family, expires, signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))],
      [user, family, expires],
      [user, family, expires, `${signature}A`],
      [],
    ].map((parts) => `${path}?link=${parts.join('.')}`);
    for (const url of [
      ...altered,
      link.replace(`/${file.id}/`, `/${other.id}/`),
      `${link}&link=${query}`,
      `${path}?link=%00`,
    ]) {
      const answer = await open(url);
      expect([url, answer.status, problemOf(answer).code]).toEqual([url, 404, 'not_found']);
    }
    expect((await open(path)).status).toBe(401);
  });

  it('A086 a link is over after five minutes', async () => {
    const url = await linkTo(file.id);
    const in4Minutes = Date.now() + (LIMITS.attachmentLinkSeconds - 2) * 1000;
    jest.spyOn(Date, 'now').mockReturnValue(in4Minutes);
    expect((await open(url)).status).toBe(200);
    jest.spyOn(Date, 'now').mockReturnValue(in4Minutes + 3_000);
    expect((await open(url)).status).toBe(404);
  });

  it('A086 a link is over with the sign-in, and with the account', async () => {
    const person = await test.person();
    const { body } = await person.get<Conversation>(API_ROUTES.myConversation);
    const [own] = await sendFile(person, body.id);
    const url = await linkTo(own.id, person);
    const users = test.app.get(UserDirectory);
    await users.setActive(person.id, false);
    expect((await open(url)).status).toBe(404);
    await users.setActive(person.id, true);
    expect((await open(url)).status).toBe(404);
  });

  it('A086 a link that somebody else was given opens their file alone', async () => {
    const stranger = await test.person();
    const { body } = await stranger.get<Conversation>(API_ROUTES.myConversation);
    const [theirs] = await sendFile(stranger, body.id);
    const url = await linkTo(theirs.id, stranger);
    expect((await open(url)).status).toBe(200);
    expect((await open(url.replace(`/${theirs.id}/`, `/${file.id}/`))).status).toBe(404);
    const own = (await linkTo(file.id)).replace(`/${file.id}/`, `/${theirs.id}/`);
    expect((await open(own)).status).toBe(404);
  });

  it.each<[string, (users: UserDirectory, id: number) => Promise<void>]>([
    ['are no administrator any more', async (users, id) => users.setRole(id, 'user')],
    ['are switched off', async (users, id) => users.setActive(id, false)],
  ])("A086 an administrator's link is over when they %s", async (_, change) => {
    await test.person('admin');
    const admin = await test.person('admin');
    const url = await linkTo(file.id, admin);
    expect((await open(url)).status).toBe(200);
    await change(test.app.get(UserDirectory), admin.id);
    expect((await open(url)).status).toBe(404);
  });

  it('A086 nobody gets a file of a deleted message, with a link or without', async () => {
    const [own, sent] = await sendFile(student, conversation.id);
    const url = await linkTo(own.id);
    await test.outside.query('UPDATE chat_messages SET deleted_at = now() WHERE id = $1', [
      sent.id,
    ]);
    expect((await open(url)).status).toBe(404);
    expect((await student.get(API_ROUTES.attachmentContent(own.id))).status).toBe(404);
    const { body } = await student.get<{ results: Message[] }>(
      API_ROUTES.messages(conversation.id),
    );
    const deleted = body.results.find(({ id }) => id === sent.id);
    expect(deleted?.attachment).toBeNull();
    expect(deleted?.deleted_at).not.toBeNull();
    expect(body.results.find(({ id }) => id === message.id)?.attachment?.id).toBe(file.id);
  });

  it('a file that its store has lost is not there, and never an error', async () => {
    jest.spyOn(FolderStore.prototype, 'read').mockImplementation(async function (
      this: FolderStore,
    ) {
      jest.restoreAllMocks();
      return this.read('00000000-lost');
    });
    expect((await get()).status).toBe(404);
    expect((await get()).status).toBe(200);
  });
});
