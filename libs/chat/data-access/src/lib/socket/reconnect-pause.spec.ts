import fc from 'fast-check';
import { SOCKET_CLOSES } from '@support-chat/contracts';
import { pauseAfter } from './reconnect-pause';

const BROKEN = 1006;
const CLIENTS = 1_000;

describe('pauseAfter', () => {
  it('R23 1,000 clients are back within 30 s of a restart, never 200 of them in one second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6_000 }), (downMs) => {
        const attempts = Array.from({ length: CLIENTS }, () => attemptsOf(downMs));
        const perSecond = new Map<number, number>();
        for (const at of attempts.flat().filter((at) => at >= downMs)) {
          const second = Math.floor(at / 1000);
          perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
        }
        expect(Math.max(...attempts.map((times) => times.at(-1) ?? 0))).toBeLessThan(30_000);
        expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(200);
      }),
      { numRuns: 50 },
    );
  });

  /** When one client tries, until it gets through to a server that is back after `downMs`. */
  function attemptsOf(downMs: number): number[] {
    const times: number[] = [];
    let at = 0;
    let code: number = SOCKET_CLOSES.restarting;
    for (let failures = 0; times.length === 0 || at < downMs; failures += 1) {
      at += pauseAfter(code, failures, Math.random()).milliseconds;
      times.push(at);
      code = BROKEN;
    }
    return times;
  }

  it('asks for a new token at once, but not again and again', () => {
    expect(pauseAfter(SOCKET_CLOSES.identityLost, 0, 1).milliseconds).toBe(1_000);
    expect(pauseAfter(SOCKET_CLOSES.identityLost, 1, 1).milliseconds).toBe(20_000);
  });

  it('waits longer when the server says that it is too much, whatever happens here', () => {
    expect(pauseAfter(SOCKET_CLOSES.tryLater, 0, 0)).toEqual({
      milliseconds: 15_000,
      isFirm: true,
    });
    expect(pauseAfter(SOCKET_CLOSES.tryLater, 0, 1)).toEqual({
      milliseconds: 45_000,
      isFirm: true,
    });
  });

  it.each([SOCKET_CLOSES.tooFast, SOCKET_CLOSES.notAllowed])(
    'tries once a minute where the next one would be refused too (%d)',
    (code) => {
      expect(pauseAfter(code, 0, 0.5)).toEqual({ milliseconds: 60_000, isFirm: true });
    },
  );

  it('R08 tries rarely where sockets are refused for good, and soon enough after a long outage', () => {
    expect(pauseAfter(BROKEN, 5, 1).milliseconds).toBe(20_000);
    expect(pauseAfter(BROKEN, 6, 0.5)).toEqual({ milliseconds: 25_000, isFirm: false });
    expect(pauseAfter(BROKEN, 60, 1).milliseconds).toBeLessThan(30_000);
  });
});
