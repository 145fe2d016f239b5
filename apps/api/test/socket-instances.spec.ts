import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { API_ROUTES, type Conversation } from '@support-chat/contracts';
import { UserDirectory } from '../src/auth';
import { NewsBus } from '../src/platform/bus/news-bus';
import { showFigures, timed } from './drills/support/figures';
import { eventually } from './support/eventually';
import { RedisServer } from './support/redis-server';
import { SocketClient } from './support/socket-client';
import { createSecondApp, createTestApp, type Person, type TestApp } from './support/test-app';

/** Within which a socket ends that is no longer allowed. */
const REVOKED_MS = 5_000;
/** The poll interval of the clients, and a second. */
const SEEN_MS = 4_000;
/** Room for a machine that is busy with other work; the figures tell how long it took. */
const BUSY = 2;

describe.each(['PostgreSQL', 'Redis'])('sockets of two instances, news by %s', (carrier) => {
  let redis: RedisServer | null = null;
  let test: TestApp;
  let second: NestFastifyApplication;
  let origins: { first: string; second: string };
  let student: Person;
  let admin: Person;
  let id: number;
  const open: SocketClient[] = [];

  beforeAll(async () => {
    if (carrier === 'Redis') redis = await RedisServer.create();
    test = await createTestApp({ redisUrl: redis?.url ?? null });
    second = await createSecondApp(test);
    origins = { first: await listen(test.app), second: await listen(second) };
    admin = await test.person('admin');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(open.splice(0).map(async (socket) => socket.close()));
  });
  afterAll(async () => {
    await second.close();
    await test.close();
    await redis?.dispose();
  });

  async function listen(app: NestFastifyApplication): Promise<string> {
    return app.getHttpAdapter().getInstance().listen({ port: 0, host: '127.0.0.1' });
  }

  async function connect(origin: string, who: Person): Promise<SocketClient> {
    const socket = await SocketClient.connect(origin, who.token);
    open.push(socket);
    return socket;
  }

  /** A new student with a socket at the first instance, the admin with one at the second. */
  async function meet(): Promise<{ theirs: SocketClient; ours: SocketClient }> {
    student = await test.person();
    id = (await student.get<Conversation>('/api/chat/conversation/')).body.id;
    const theirs = await connect(origins.first, student);
    const ours = await connect(origins.second, admin);
    for (const socket of [theirs, ours]) {
      socket.send({ type: 'subscribe', conversation_id: id, after: 0 });
      await socket.next('updates');
      await socket.next('presence');
    }
    return { theirs, ours };
  }

  async function signOutAtSecond(): Promise<void> {
    const headers = { Authorization: `Bearer ${student.token}` };
    const answer = await fetch(origins.second + API_ROUTES.logout, { method: 'POST', headers });
    expect(answer.status).toBe(204);
  }

  async function send(from: Person, content: string): Promise<void> {
    const path = `/api/chat/conversations/${id}/messages/`;
    expect((await from.post(path, { content })).status).toBe(201);
  }

  it('a message, typing and its reading pass from one to the other', async () => {
    const { theirs, ours } = await meet();
    await send(student, 'from the first');
    expect(await ours.next('updates')).toMatchObject({ messages: [{ content: 'from the first' }] });
    ours.send({ type: 'typing', conversation_id: id });
    expect((await theirs.next('typing')).user.id).toBe(admin.id);
    await theirs.next('updates');
    await admin.post(`/api/chat/conversations/${id}/mark-read/`);
    expect(await theirs.next('updates')).toMatchObject({ messages: [{ status: 'read' }] });
  });

  it('presence counts the sockets of both', async () => {
    const { theirs, ours } = await meet();
    await eventually(() => {
      const last = (socket: SocketClient) =>
        socket.collected.findLast(({ type }) => type === 'presence');
      for (const socket of [theirs, ours]) {
        expect(last(socket)).toMatchObject({ user_online: true, staff_online: true });
      }
    });
  });

  it.each([
    ['disabling a user', async () => second.get(UserDirectory).setActive(student.id, false)],
    ['a change of role', async () => second.get(UserDirectory).setRole(student.id, 'admin')],
    ['signing out', signOutAtSecond],
  ])('R17 %s at one ends the socket at the other within 5 s', async (_, revoke) => {
    const { theirs } = await meet();
    const since = Date.now();
    await revoke();
    expect((await theirs.closed).code).toBe(4401);
    expect(Date.now() - since).toBeLessThan(REVOKED_MS);
  });

  /** Nothing that others tell is delivered there, and it knows. */
  function deafen(app: NestFastifyApplication): void {
    const bus = app.get(NewsBus);
    jest.spyOn(bus, 'isFresh', 'get').mockReturnValue(false);
    jest.spyOn(bus as unknown as { hear: () => void }, 'hear').mockReturnValue();
  }

  it('R09 a bus that is away costs seconds, never a message', async () => {
    const { ours } = await meet();
    ours.send({ type: 'subscribe_inbox' });
    deafen(second);
    await send(student, 'unheard');
    const seen = await ours.next('updates', 10_000);
    expect(seen.messages).toMatchObject([{ content: 'unheard' }]);
    await eventually(() => {
      const listed = ours.collected.flatMap((frame) =>
        frame.type === 'inbox' ? [frame.conversation.id] : [],
      );
      expect(listed).toContain(id);
    });
  });

  it('R17 while news is in doubt, a disabled user loses the socket at another instance all the same', async () => {
    const { theirs } = await meet();
    deafen(test.app);
    const { ms, result } = await timed(async () => {
      await second.get(UserDirectory).setActive(student.id, false);
      return theirs.closed;
    });
    showFigures(`R17 in doubt, ${carrier}`, { 'closed after ms': ms });
    expect(result.code).toBe(4401);
    expect(ms).toBeLessThan(BUSY * REVOKED_MS);
  });

  if (carrier === 'Redis') {
    it('R09 without Redis every message is seen in time, none is lost, and it heals by itself', async () => {
      const { theirs, ours } = await meet();
      const sent: string[] = [];
      const lateness: number[] = [];
      const sendAndSee = async (content: string): Promise<void> => {
        sent.push(content);
        const { ms } = await timed(async () => {
          await send(sent.length % 2 === 0 ? admin : student, content);
          await Promise.all([theirs.next('updates', 15_000), ours.next('updates', 15_000)]);
        });
        lateness.push(ms);
      };
      const areFresh = (): boolean[] => [
        test.app.get(NewsBus).isFresh,
        second.get(NewsBus).isFresh,
      ];
      await sendAndSee('before');
      await redis?.kill();
      for (let n = 0; n < 6; n += 1) await sendAndSee(`without ${n}`);
      expect(areFresh()).toEqual([false, false]);
      await redis?.start();
      const { ms: healedMs } = await timed(async () =>
        eventually(() => {
          expect(areFresh()).toEqual([true, true]);
        }, 30_000),
      );
      await sendAndSee('after');
      for (const { collected } of [theirs, ours]) {
        const seen = collected.flatMap((frame) => (frame.type === 'updates' ? frame.messages : []));
        expect(seen.map(({ content }) => content)).toEqual(sent);
      }
      const latest = Math.max(...lateness);
      showFigures('R09 sockets', {
        messages: sent.length,
        'seen at the latest after ms': latest,
        'healed after ms': healedMs,
      });
      expect(latest).toBeLessThan(BUSY * SEEN_MS);
    }, 120_000);
  }
});
