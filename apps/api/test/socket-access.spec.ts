import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  SOCKET_PATH,
  type ClientFrame,
  type Conversation,
  type ProblemCode,
} from '@support-chat/contracts';
import { once } from 'node:events';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { UserDirectory } from '../src/auth';
import { CLIENT_FRAMES } from '../src/chat/realtime/frames/client-frames.dto';
import { NewsBus } from '../src/platform/bus/news-bus';
import { SocketStage } from './support/socket-stage';
import type { Person } from './support/test-app';

type Outcome = ProblemCode | 'heard';

describe('who may use the socket', () => {
  let stage: SocketStage;
  let student: Person;
  let stranger: Person;
  let admin: Person;
  let conversation: Conversation;

  beforeAll(async () => {
    stage = await SocketStage.start();
    student = await stage.test.person();
    stranger = await stage.test.person();
    admin = await stage.test.person('admin');
    conversation = (await student.get<Conversation>('/api/chat/conversation/')).body;
  });
  afterEach(async () => stage.closeSockets());
  afterAll(async () => stage.close());

  async function httpStatus(options: RequestOptions): Promise<number | undefined> {
    const [answer] = (await once(
      request(stage.origin + SOCKET_PATH, options).end(),
      'response',
    )) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  }

  async function send(from: Person, content: string): Promise<void> {
    const { status } = await from.post(`/api/chat/conversations/${conversation.id}/messages/`, {
      content,
    });
    expect(status).toBe(201);
  }

  it('A006 a foreign conversation is not found, and nothing of it is ever heard', async () => {
    const socket = await stage.connect(stranger);
    const { id } = conversation;
    socket.send({ type: 'subscribe', conversation_id: id, after: 0 });
    expect(await socket.next('error')).toMatchObject({ code: 'not_found' });
    socket.send({ type: 'typing', conversation_id: id });
    expect(await socket.next('error')).toMatchObject({ code: 'not_found' });
    socket.send({ type: 'subscribe_inbox' });
    expect(await socket.next('error')).toMatchObject({ code: 'forbidden' });
    const ours = await stage.connect(admin);
    ours.send({ type: 'subscribe', conversation_id: id, after: 0 });
    await ours.next('updates');
    await send(student, 'secret');
    expect(await ours.next('updates')).toMatchObject({ messages: [{ content: 'secret' }] });
    // What was sent to others by now would have come before the answer to this.
    socket.sendRaw('no frame');
    await socket.next('error');
    expect(JSON.stringify(socket.collected)).not.toContain('secret');
    expect(socket.collected.map(({ type }) => type)).toEqual([
      'ready',
      ...['error', 'error', 'error', 'error'],
    ]);
  });

  it('A097 nothing of an admin’s session is heard by another student', async () => {
    const [theirs, ours] = [await stage.connect(stranger), await stage.connect(admin)];
    const own = (await stranger.get<Conversation>('/api/chat/conversation/')).body;
    theirs.send({ type: 'subscribe', conversation_id: own.id, after: 0 });
    await theirs.next('presence');
    ours.send({ type: 'subscribe', conversation_id: conversation.id, after: 0 });
    ours.send({ type: 'subscribe_inbox' });
    ours.send({ type: 'typing', conversation_id: conversation.id });
    ours.sendRaw('no frame');
    await ours.next('error');
    await send(admin, 'for one student only');
    await admin.post(`/api/chat/conversations/${conversation.id}/mark-read/`);
    await admin.post(`/api/admin/conversations/${conversation.id}/close/`);
    await ours.next('inbox');
    await stranger.post(`/api/chat/conversations/${own.id}/messages/`, { content: 'my own' });
    await theirs.next('updates');
    await theirs.next('updates');
    const transcript = theirs.collected.slice(1);
    expect(JSON.stringify(transcript)).not.toContain('for one student only');
    for (const frame of transcript) expect(frame).toMatchObject({ conversation_id: own.id });
  });

  describe('A092 who may send what', () => {
    const frames: Record<ClientFrame['type'], [ClientFrame, Record<string, Outcome>]> = {
      authenticate: [
        { type: 'authenticate', token: 'nonsense' },
        { nobody: 'unauthenticated', user: 'unauthenticated', admin: 'unauthenticated' },
      ],
      subscribe: [
        { type: 'subscribe', conversation_id: 1, after: 0 },
        { nobody: 'unauthenticated', user: 'not_found', admin: 'heard' },
      ],
      unsubscribe: [
        { type: 'unsubscribe', conversation_id: 1 },
        { nobody: 'unauthenticated', user: 'heard', admin: 'heard' },
      ],
      subscribe_inbox: [
        { type: 'subscribe_inbox' },
        { nobody: 'unauthenticated', user: 'forbidden', admin: 'heard' },
      ],
      typing: [
        { type: 'typing', conversation_id: 1 },
        { nobody: 'unauthenticated', user: 'not_found', admin: 'heard' },
      ],
    };

    it('every frame that the server knows has a row here', () => {
      expect(Object.keys(frames).sort()).toEqual(Object.keys(CLIENT_FRAMES).sort());
    });

    for (const [type, [frame, outcomes]] of Object.entries(frames)) {
      for (const [who, outcome] of Object.entries(outcomes)) {
        it(`${type} by ${who}: ${outcome}`, async () => {
          const about = 'conversation_id' in frame ? { conversation_id: conversation.id } : {};
          const people: Record<string, Person> = { user: stranger, admin };
          const socket = await stage.connect(people[who]);
          socket.send({ ...frame, ...about });
          // Answered after it, so whatever was said of the frame has come by then.
          if (outcome === 'heard') socket.sendRaw('no frame');
          const code = outcome === 'heard' ? 'malformed_json' : outcome;
          expect(await socket.next('error')).toMatchObject({ code });
        });
      }
    }
  });

  describe('identity', () => {
    it('A091 nothing is answered to a stranger', async () => {
      const socket = await stage.connect();
      socket.send({ type: 'subscribe', conversation_id: conversation.id, after: 0 });
      expect(await socket.next('error')).toMatchObject({ code: 'unauthenticated' });
      expect((await socket.closed).code).toBe(4401);
    });

    it('A091 a token that is none ends the socket', async () => {
      const socket = await stage.connect();
      socket.send({ type: 'authenticate', token: `${student.token}x` });
      expect(await socket.next('error')).toMatchObject({ code: 'unauthenticated' });
      expect((await socket.closed).code).toBe(4401);
    });

    it('R15 is renewed in band, but never changes', async () => {
      const socket = await stage.connect(student);
      socket.send({ type: 'authenticate', token: student.token });
      await socket.next('ready');
      socket.send({ type: 'authenticate', token: admin.token });
      expect((await socket.closed).code).toBe(4401);
    });

    it('R17 who lost the role before the socket heard of it keeps nothing of it', async () => {
      const leaver = await stage.test.person('admin');
      const socket = await stage.connect(leaver);
      socket.send({ type: 'subscribe_inbox' });
      const bus = stage.test.app.get(NewsBus);
      const tell = jest.spyOn(bus, 'tell').mockImplementation(() => undefined);
      const handlers = jest
        .spyOn(bus as unknown as { hear: () => void }, 'hear')
        .mockReturnValue(undefined);
      await stage.test.app.get(UserDirectory).setRole(leaver.id, 'user');
      socket.send({ type: 'authenticate', token: leaver.token });
      expect((await socket.closed).code).toBe(4401);
      tell.mockRestore();
      handlers.mockRestore();
    });

    it('R17 logout ends the sockets of that sign-in', async () => {
      const leaver = await stage.test.person();
      const socket = await stage.connect(leaver);
      await leaver.post('/api/auth/logout/');
      expect((await socket.closed).code).toBe(4401);
    });
  });

  describe('admission', () => {
    it.each([
      ['null', 'null'],
      ['another site', 'https://evil.test'],
      ['a look-alike', 'http://127.0.0.1.evil.test'],
    ])('A090 %s gets no socket', async (_, from) => {
      await expect(stage.connect(undefined, { origin: from })).rejects.toThrow('403');
    });

    it('its own page gets one, with a trailing slash too', async () => {
      const { origin } = stage;
      const socket = await stage.connect(student, { origin }, `${SOCKET_PATH}/`);
      expect(socket.isOpen).toBe(true);
    });

    it('A098 another version is 426, and compression is not agreed on', async () => {
      await expect(stage.connect(undefined, { protocolVersion: 8 })).rejects.toThrow('426');
      const { status } = await student.get(SOCKET_PATH);
      expect(status).toBe(426);
    });

    it('A098 without a key, or with another method, it is answered as a call', async () => {
      const upgrade = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
      };
      const [noKey, post] = await Promise.all([
        httpStatus({ method: 'GET', headers: upgrade }),
        httpStatus({ method: 'POST', headers: upgrade }),
      ]);
      expect([noKey, post]).toEqual([400, 405]);
    });

    it('a peer that is gone before it is looked at does no harm', async () => {
      const { hostname, port } = new URL(stage.origin);
      for (let n = 0; n < 20; n += 1) {
        const link = connectTcp(Number(port), hostname);
        await once(link, 'connect');
        link.write(
          `GET ${SOCKET_PATH} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
            'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
        );
        link.resetAndDestroy();
      }
      const socket = await stage.connect(student);
      expect(socket.isOpen).toBe(true);
    });

    it('elsewhere there are no sockets', async () => {
      const elsewhere = stage.connect(undefined, {}, '/api/chat/other');
      await expect(elsewhere).rejects.toThrow('404');
    });
  });
});
