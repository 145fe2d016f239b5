import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SOCKET_CLOSES, SOCKET_LIMITS } from '@support-chat/contracts';
import type { WebSocket } from 'ws';
import { ChatSocket } from './chat-socket';

/** A link whose peer reads only when the test says so. */
class SlowLink {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly close = jest.fn();
  readonly terminate = jest.fn();
  private readonly unsent: { bytes: number; done: () => void }[] = [];

  send(bytes: Buffer, _: object, done: () => void): void {
    this.bufferedAmount += bytes.length;
    this.unsent.push({ bytes: bytes.length, done });
  }

  drain(): void {
    this.bufferedAmount = 0;
    for (const { done } of this.unsent.splice(0)) done();
  }
}

describe('R19 what a socket holds for a slow reader', () => {
  let link: SlowLink;
  let socket: ChatSocket;

  beforeEach(() => {
    jest.useFakeTimers();
    link = new SlowLink();
    socket = new ChatSocket(link as unknown as WebSocket, '192.0.2.1', 0);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  function sendSome(count: number, bytes: number): void {
    for (let n = 0; n < count; n += 1) socket.sendBytes(Buffer.alloc(bytes));
  }

  it('is at most 256 frames', () => {
    sendSome(SOCKET_LIMITS.backlogFrames, 10);
    expect(link.close).not.toHaveBeenCalled();
    sendSome(1, 10);
    expect(link.close).toHaveBeenCalledWith(SOCKET_CLOSES.tryLater);
    expect(link.bufferedAmount).toBe(SOCKET_LIMITS.backlogFrames * 10);
    // The farewell waits behind what nobody reads.
    jest.advanceTimersByTime(1_000);
    expect(link.terminate).toHaveBeenCalled();
  });

  it('is at most 1 MiB, but for one larger frame when there is nothing else', () => {
    sendSome(1, SOCKET_LIMITS.backlogBytes + 1);
    expect(link.close).not.toHaveBeenCalled();
    link.drain();
    sendSome(2, SOCKET_LIMITS.backlogBytes / 2);
    expect(link.close).not.toHaveBeenCalled();
    sendSome(1, 1);
    expect(link.close).toHaveBeenCalledWith(SOCKET_CLOSES.tryLater);
    expect(link.bufferedAmount).toBe(SOCKET_LIMITS.backlogBytes);
  });

  it('counts anew once it was read, however much that is in all', () => {
    for (let n = 0; n < 10; n += 1) {
      sendSome(SOCKET_LIMITS.backlogFrames, 1_000);
      link.drain();
    }
    expect(link.close).not.toHaveBeenCalled();
  });
});

describe('R19 what a socket holds of a client whose answers are under way', () => {
  const link = { OPEN: 1, readyState: 1, close: jest.fn(), terminate: jest.fn() };
  const settle = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  let socket: ChatSocket;
  let answered: PromiseWithResolvers<void>;

  beforeEach(() => {
    jest.clearAllMocks();
    socket = new ChatSocket(link as unknown as WebSocket, '192.0.2.1', 0);
    answered = Promise.withResolvers();
  });

  function receiveSome(count: number, bytes: number, answer = async () => answered.promise): void {
    for (let n = 0; n < count; n += 1) socket.answerInTurn(Buffer.alloc(bytes), answer);
  }

  it('is at most 256 frames', () => {
    receiveSome(SOCKET_LIMITS.backlogFrames, 10);
    expect(link.close).not.toHaveBeenCalled();
    receiveSome(1, 10);
    expect(link.close).toHaveBeenCalledWith(SOCKET_CLOSES.tryLater);
  });

  it('is at most 1 MiB, and nothing more once it is cut off', async () => {
    receiveSome(SOCKET_LIMITS.backlogBytes / SOCKET_LIMITS.frameBytes, SOCKET_LIMITS.frameBytes);
    expect(link.close).not.toHaveBeenCalled();
    receiveSome(1, 1);
    expect(link.close).toHaveBeenCalledWith(SOCKET_CLOSES.tryLater);
    const answer = jest.fn(async () => answered.promise);
    receiveSome(1, 0, answer);
    answered.resolve();
    await settle();
    expect(answer).not.toHaveBeenCalled();
  });

  it('counts anew once they are answered, however many that is in all', async () => {
    answered.resolve();
    for (let n = 0; n < 10; n += 1) {
      receiveSome(SOCKET_LIMITS.backlogFrames, 1_000);
      await settle();
    }
    expect(link.close).not.toHaveBeenCalled();
  });
});
