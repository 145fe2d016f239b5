import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SOCKET_LIMITS, type Conversation } from '@support-chat/contracts';
import type { SocketClient } from './support/socket-client';
import { SocketStage } from './support/socket-stage';
import type { Person } from './support/test-app';

describe('socket', () => {
  let stage: SocketStage;
  let student: Person;
  let admin: Person;
  let conversation: Conversation;

  beforeAll(async () => {
    stage = await SocketStage.start();
    student = await stage.test.person();
    admin = await stage.test.person('admin');
    conversation = (await student.get<Conversation>('/api/chat/conversation/')).body;
  });
  afterEach(async () => stage.closeSockets());
  afterAll(async () => stage.close());

  async function send(from: Person, content: string): Promise<void> {
    const { status } = await from.post(`/api/chat/conversations/${conversation.id}/messages/`, {
      content,
    });
    expect(status).toBe(201);
  }

  /** All that was sent to this socket before has come. */
  async function barrier(socket: SocketClient): Promise<void> {
    socket.sendRaw('no frame');
    await socket.next('error');
  }

  it('a message reaches the other side, and its sender, as an updates body', async () => {
    const [theirs, ours] = [await stage.connect(student), await stage.connect(admin)];
    for (const socket of [theirs, ours]) {
      socket.send({ type: 'subscribe', conversation_id: conversation.id, after: 0 });
      await socket.next('updates');
    }
    await send(student, 'Where is my certificate?');
    const seen = await ours.next('updates');
    expect(seen).toMatchObject({
      conversation_id: conversation.id,
      more: false,
      messages: [{ content: 'Where is my certificate?' }],
      conversation: { unread_count: 1 },
    });
    expect(await theirs.next('updates')).toMatchObject({
      revision: seen.revision,
      conversation: { unread_count: 0 },
    });
  });

  it('ready tells who it is and how often it beats', async () => {
    const socket = await stage.connect();
    socket.send({ type: 'authenticate', token: student.token });
    const me = await student.get('/api/auth/me/');
    expect(await socket.next('ready')).toEqual({
      type: 'ready',
      user: me.body,
      heartbeat_seconds: SOCKET_LIMITS.heartbeatSeconds,
    });
  });

  it('an admin hears of every changed conversation with the total', async () => {
    const socket = await stage.connect(admin);
    socket.send({ type: 'subscribe_inbox' });
    await send(student, 'Anybody there?');
    const { conversation: changed, unread_count: total } = await socket.next('inbox');
    expect(changed).toMatchObject({ id: conversation.id, user: { email: student.email } });
    const bell = await admin.get<{ unread_count: number }>('/api/chat/unread-count/');
    expect(total).toBe(bell.body.unread_count);
  });

  it('typing is told to the others, once in three seconds', async () => {
    const [theirs, ours] = [await stage.connect(student), await stage.connect(admin)];
    for (const socket of [theirs, ours]) {
      socket.send({ type: 'subscribe', conversation_id: conversation.id, after: 0 });
      await socket.next('presence');
    }
    theirs.send({ type: 'typing', conversation_id: conversation.id });
    theirs.send({ type: 'typing', conversation_id: conversation.id });
    expect(await ours.next('typing')).toEqual({
      type: 'typing',
      conversation_id: conversation.id,
      user: { id: student.id, name: student.name, role: 'user' },
      expires_in_ms: SOCKET_LIMITS.typingExpiresMs,
    });
    await send(student, 'typed');
    await ours.next('updates');
    const count = (socket: SocketClient): number =>
      socket.collected.filter(({ type }) => type === 'typing').length;
    expect([count(theirs), count(ours)]).toEqual([0, 1]);
  });

  it('presence is told on subscribe, and when somebody comes', async () => {
    const newcomer = await stage.test.person();
    const { rows } = await stage.test.outside.query<{ id: string }>(
      'INSERT INTO chat_conversations (user_id) VALUES ($1) RETURNING id',
      [newcomer.id],
    );
    const id = Number(rows[0]?.id);
    const ours = await stage.connect(admin);
    ours.send({ type: 'subscribe', conversation_id: id, after: 0 });
    const presence = { type: 'presence', conversation_id: id, staff_online: true };
    expect(await ours.next('presence')).toEqual({ ...presence, user_online: false });
    await stage.connect(newcomer);
    expect(await ours.next('presence')).toEqual({ ...presence, user_online: true });
  });

  it('R07 catches up in parts, each when the one before has left', async () => {
    const writer = await stage.test.person();
    const { id } = (await writer.get<Conversation>('/api/chat/conversation/')).body;
    for (let n = 1; n <= 230; n += 1) {
      await writer.post(`/api/chat/conversations/${id}/messages/`, { content: `line ${n}` });
    }
    const socket = await stage.connect(writer);
    socket.send({ type: 'subscribe', conversation_id: id, after: 3 });
    const parts = [await socket.next('updates'), await socket.next('updates')];
    while (parts.at(-1)?.more) parts.push(await socket.next('updates'));
    expect(parts.map(({ more }) => more)).toEqual([true, true, false]);
    expect(parts.flatMap(({ messages }) => messages.map(({ seq }) => seq))).toEqual(
      Array.from({ length: 227 }, (_, n) => n + 4),
    );
    expect(parts.map(({ from }) => from)).toEqual([3, 103, 203]);
  });

  it('a client that is ahead is told to load afresh', async () => {
    const socket = await stage.connect(student);
    socket.send({ type: 'subscribe', conversation_id: conversation.id, after: 10 ** 12 });
    expect(await socket.next('error')).toMatchObject({
      code: 'resync',
      conversation_id: conversation.id,
    });
  });

  it('after unsubscribe nothing more is heard', async () => {
    const [socket, other] = [await stage.connect(student), await stage.connect(admin)];
    for (const each of [socket, other]) {
      each.send({ type: 'subscribe', conversation_id: conversation.id, after: 0 });
      await each.next('updates');
    }
    socket.send({ type: 'unsubscribe', conversation_id: conversation.id });
    await barrier(socket);
    await send(admin, 'unheard');
    expect(await other.next('updates')).toMatchObject({ messages: [{ content: 'unheard' }] });
    await barrier(socket);
    expect(JSON.stringify(socket.collected)).not.toContain('unheard');
  });

  it('follows at most so many conversations at once', async () => {
    const writer = await stage.test.person();
    const { id } = (await writer.get<Conversation>('/api/chat/conversation/')).body;
    const socket = await stage.connect(admin);
    const { rows } = await stage.test.outside.query<{ id: string }>(
      `INSERT INTO chat_conversations (user_id, is_active)
        SELECT $1, false FROM generate_series(1, $2) RETURNING id`,
      [writer.id, SOCKET_LIMITS.subscriptions],
    );
    for (const row of rows) {
      socket.send({ type: 'subscribe', conversation_id: Number(row.id), after: 0 });
      await socket.next('updates');
    }
    socket.send({ type: 'subscribe', conversation_id: id, after: 0 });
    expect(await socket.next('error')).toMatchObject({ code: 'rate_limited', conversation_id: id });
  });

  describe('what is no frame', () => {
    it.each([
      ['no JSON', '{', 'malformed_json'],
      ['no object', '[]', 'validation_failed'],
      ['an unknown type', '{"type":"shout"}', 'validation_failed'],
      ['a prototype key as type', '{"type":"__proto__"}', 'validation_failed'],
      ['an unknown field', '{"type":"subscribe_inbox","x":1}', 'validation_failed'],
      ['a text as id', '{"type":"subscribe","conversation_id":"1","after":0}', 'validation_failed'],
      ['an id of -1', '{"type":"typing","conversation_id":-1}', 'validation_failed'],
      ['after -1', '{"type":"subscribe","conversation_id":1,"after":-1}', 'validation_failed'],
      ['half a character', '{"type":"\\ud800"}', 'invalid_encoding'],
    ])('A094 %s is an error', async (_, text, code) => {
      const socket = await stage.connect(student);
      socket.sendRaw(text);
      expect(await socket.next('error')).toMatchObject({ code });
      expect(socket.isOpen).toBe(true);
    });

    it('A094 the third in a row ends the socket, a good one in between forgives', async () => {
      const socket = await stage.connect(student);
      const bad = '{"type":"shout"}';
      socket.sendRaw(bad);
      socket.sendRaw(bad);
      socket.send({ type: 'unsubscribe', conversation_id: conversation.id });
      for (let n = 0; n < 3; n += 1) socket.sendRaw(bad);
      expect((await socket.closed).code).toBe(1008);
      expect(socket.collected.filter(({ type }) => type === 'error')).toHaveLength(5);
    });

    it('A094 binary is not allowed', async () => {
      const socket = await stage.connect(student);
      socket.sendRaw(Buffer.from('{"type":"subscribe_inbox"}'));
      expect((await socket.closed).code).toBe(1008);
    });

    it('A094 text that is not UTF-8 ends the socket', async () => {
      const socket = await stage.connect(student);
      socket.sendBadText();
      expect((await socket.closed).code).toBe(1007);
    });

    it('A094 a frame in 65 pieces ends the socket', async () => {
      const socket = await stage.connect(student);
      socket.sendInPieces('{"type":"subscribe_inbox"}'.padEnd(65, ' '), 65);
      expect((await socket.closed).code).toBe(1008);
    });

    it('A094 64 KiB and one byte are too big', async () => {
      const socket = await stage.connect(student);
      socket.sendRaw('x'.repeat(SOCKET_LIMITS.frameBytes + 1));
      expect((await socket.closed).code).toBe(1009);
    });
  });
});
