import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  API_ROUTES,
  LIMITS,
  SOCKET_CLOSES,
  SOCKET_LIMITS,
  type Conversation,
} from '@support-chat/contracts';
import { ChatSocket } from '../src/chat/realtime/connections/chat-socket';
import { SocketCare } from '../src/chat/realtime/connections/socket-care';
import { UpdatesService } from '../src/chat/updates/updates.service';
import { eventually } from './support/eventually';
import { SocketStage } from './support/socket-stage';

describe('limits of sockets', () => {
  let stage: SocketStage;

  beforeAll(async () => {
    stage = await SocketStage.start({ rateLimits: true });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await stage.closeSockets();
  });
  afterAll(async () => stage.close());

  it('A095 the 21st socket that nobody has identified is refused to an address, until one has gone', async () => {
    for (let n = 0; n < SOCKET_LIMITS.strangersPerAddress; n += 1) await stage.connect();
    await expect(stage.connect()).rejects.toThrow('429');
    await stage.closeSockets();
    await eventually(async () => {
      await stage.connect();
    });
  });

  it('A095 a whole school may share an address: those who are identified do not count', async () => {
    for (let n = 0; n < 4; n += 1) {
      const person = await stage.test.person();
      for (let m = 0; m < SOCKET_LIMITS.perUser; m += 1) await stage.connect(person);
    }
    expect((await stage.connect()).isOpen).toBe(true);
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

  it('R19 a reader that falls behind is told to try later, and the others hear everything', async () => {
    // No missed heartbeat ends it before.
    jest.spyOn(stage.test.app.get(SocketCare), 'tick').mockReturnValue();
    const ends = jest.spyOn(ChatSocket.prototype, 'end');
    const [admin, student] = [await stage.test.person('admin'), await stage.test.person()];
    const { id } = (await student.get<Conversation>('/api/chat/conversation/')).body;
    const [slow, good] = [await stage.connect(admin), await stage.connect(admin)];
    for (const socket of [slow, good]) {
      socket.send({ type: 'subscribe', conversation_id: id, after: 0 });
      await socket.next('updates');
    }
    slow.pause();
    // Far more than the network's own buffers take.
    for (let sent = 0; sent < 2_000 && ends.mock.calls.length === 0; sent += 1) {
      await admin.post(API_ROUTES.messages(id), { content: '語'.repeat(LIMITS.messageMaxLength) });
      await good.next('updates');
    }
    expect(ends.mock.calls).toEqual([[SOCKET_CLOSES.tryLater]]);
    slow.resume();
    await slow.closed;
    expect(good.isOpen).toBe(true);
  }, 60_000);

  it('R19 what is sent while an answer is under way is not hoarded', async () => {
    const person = await stage.test.person();
    const { id } = (await person.get<Conversation>('/api/chat/conversation/')).body;
    const socket = await stage.connect(person);
    const never = new Promise<never>(() => undefined);
    jest.spyOn(stage.test.app.get(UpdatesService), 'since').mockReturnValue(never);
    socket.send({ type: 'subscribe', conversation_id: id, after: 0 });
    const padding = ' '.repeat(SOCKET_LIMITS.frameBytes - 100);
    const frame = JSON.stringify({ type: 'typing', conversation_id: id }) + padding;
    const frames = SOCKET_LIMITS.backlogBytes / SOCKET_LIMITS.frameBytes;
    for (let n = 0; n < 2 * frames; n += 1) socket.sendRaw(frame);
    expect((await socket.closed).code).toBe(SOCKET_CLOSES.tryLater);
  });

  describe('as time passes', () => {
    const tick = (seconds: number): void => {
      stage.test.app.get(SocketCare).tick(Date.now() + seconds * 1_000);
    };

    it('R21 a stranger is dropped within 10 s, and not much sooner', async () => {
      const [early, late] = [await stage.connect(), await stage.connect()];
      tick(8);
      early.send({ type: 'authenticate', token: (await stage.test.person()).token });
      await early.next('ready');
      tick(9.76);
      expect((await late.closed).code).toBe(SOCKET_CLOSES.noIdentityInTime);
      expect(late.collected).toEqual([]);
      expect(early.isOpen).toBe(true);
    });

    it('R22 beats to the living, and drops at the second beat who answers no ping', async () => {
      const living = await stage.connect(await stage.test.person());
      const dead = await stage.connect(await stage.test.person());
      dead.pause();
      const beat = SOCKET_LIMITS.heartbeatSeconds + 1;
      tick(beat);
      expect(await living.next('heartbeat')).toEqual({ type: 'heartbeat' });
      // Its pong was sent before this frame, and the answer says that both have come.
      living.sendRaw('no frame');
      await living.next('error');
      tick(2 * beat);
      await living.next('heartbeat');
      dead.resume();
      expect((await dead.closed).code).toBe(1006);
      expect(living.isOpen).toBe(true);
    });

    it('R15 the identity ends with its token', async () => {
      const socket = await stage.connect(await stage.test.person());
      tick(901);
      expect((await socket.closed).code).toBe(SOCKET_CLOSES.identityLost);
    });
  });
});
