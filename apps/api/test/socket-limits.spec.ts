import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SOCKET_CLOSES, SOCKET_LIMITS, type Conversation } from '@support-chat/contracts';
import { SocketCare } from '../src/chat/realtime/connections/socket-care';
import { eventually } from './support/eventually';
import { SocketStage } from './support/socket-stage';

describe('limits of sockets', () => {
  let stage: SocketStage;

  beforeAll(async () => {
    stage = await SocketStage.start({ rateLimits: true });
  });
  afterEach(async () => stage.closeSockets());
  afterAll(async () => stage.close());

  it('A095 the 21st socket from one address is refused, until one has gone', async () => {
    for (let n = 0; n < SOCKET_LIMITS.perAddress; n += 1) await stage.connect();
    await expect(stage.connect()).rejects.toThrow('429');
    await stage.closeSockets();
    await eventually(async () => {
      await stage.connect();
    });
  });

  it('A095 the 11th socket of one person ends their oldest', async () => {
    const person = await stage.test.person();
    const oldest = await stage.connect(person);
    const others = [];
    for (let n = 0; n < SOCKET_LIMITS.perUser; n += 1) others.push(await stage.connect(person));
    expect((await oldest.closed).code).toBe(SOCKET_CLOSES.tooFast);
    expect(others.every(({ isOpen }) => isOpen)).toBe(true);
  });

  it('A095 a flood of frames ends the socket', async () => {
    const person = await stage.test.person();
    const socket = await stage.connect(person);
    for (let n = 0; n < 1_000; n += 1) socket.send({ type: 'unsubscribe', conversation_id: 1 });
    expect((await socket.closed).code).toBe(SOCKET_CLOSES.tooFast);
  });

  it('follows at most so many conversations at once', async () => {
    const admin = await stage.test.person('admin');
    const student = await stage.test.person();
    const socket = await stage.connect(admin);
    const { id } = (await student.get<Conversation>('/api/chat/conversation/')).body;
    const { rows } = await stage.test.outside.query<{ id: string }>(
      `INSERT INTO chat_conversations (user_id, is_active)
        SELECT $1, false FROM generate_series(1, $2) RETURNING id`,
      [student.id, SOCKET_LIMITS.subscriptions],
    );
    for (const row of rows) {
      const follow = { type: 'subscribe', conversation_id: Number(row.id), after: 0 } as const;
      // Slower than the frame limit allows.
      await new Promise((resolve) => setTimeout(resolve, 25));
      socket.send(follow);
      await socket.next('updates');
    }
    socket.send({ type: 'subscribe', conversation_id: id, after: 0 });
    expect(await socket.next('error')).toMatchObject({ code: 'rate_limited', conversation_id: id });
  });

  describe('as time passes', () => {
    const tick = (seconds: number): void => {
      stage.test.app.get(SocketCare).tick(Date.now() + seconds * 1_000);
    };

    it('R21 a stranger is dropped within 10 s', async () => {
      const socket = await stage.connect();
      tick(8);
      tick(9.01);
      expect((await socket.closed).code).toBe(SOCKET_CLOSES.noIdentityInTime);
      expect(socket.collected).toEqual([]);
    });

    it('beats to the living', async () => {
      const socket = await stage.connect(await stage.test.person());
      tick(SOCKET_LIMITS.heartbeatSeconds + 1);
      expect(await socket.next('heartbeat')).toEqual({ type: 'heartbeat' });
    });

    it('R22 a peer that answers no ping is dropped at the second beat', async () => {
      const socket = await stage.connect(await stage.test.person());
      socket.pause();
      tick(SOCKET_LIMITS.heartbeatSeconds + 1);
      tick(2 * SOCKET_LIMITS.heartbeatSeconds + 2);
      socket.resume();
      expect((await socket.closed).code).toBe(1006);
    });

    it('R15 the identity ends with its token', async () => {
      const socket = await stage.connect(await stage.test.person());
      tick(901);
      expect((await socket.closed).code).toBe(SOCKET_CLOSES.identityLost);
    });
  });
});
