import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { bePatientWith, hasPatience } from './patience';

const KIB = 1024;
const CHECK_MS = 15_000;
const BEARABLE = 64 * KIB;

describe('R21 patience with a large body', () => {
  let socket: Socket;
  let received: number;
  let stalls: number;
  let end: () => void;

  beforeEach(() => {
    jest.useFakeTimers();
    socket = new Socket();
    Object.defineProperty(socket, 'bytesRead', { get: () => received });
    [received, stalls] = [0, 0];
    end = bePatientWith(new IncomingMessage(socket), 640 * KIB, () => (stalls += 1));
  });
  afterEach(() => {
    end();
    jest.useRealTimers();
  });

  function receive(bytes: number): void {
    received += bytes;
    jest.advanceTimersByTime(CHECK_MS);
  }

  it('lasts for as long as the pace is kept, and is over when it is not', () => {
    receive(BEARABLE);
    receive(10 * BEARABLE);
    expect([stalls, hasPatience(socket)]).toEqual([0, true]);
    receive(BEARABLE - 1);
    expect(stalls).toBe(1);
  });

  it('is over when the largest body would have been there, however much still comes', () => {
    for (let check = 0; check < 10; check += 1) receive(BEARABLE);
    expect(stalls).toBe(0);
    receive(BEARABLE);
    expect(stalls).toBe(1);
  });

  it('has an end', () => {
    end();
    receive(0);
    expect([stalls, hasPatience(socket)]).toEqual([0, false]);
  });
});
