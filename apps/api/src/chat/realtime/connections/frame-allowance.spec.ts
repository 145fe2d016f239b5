import { describe, expect, it } from '@jest/globals';
import { FrameAllowance } from './frame-allowance';

describe('frame allowance', () => {
  it('A095 a burst is taken, a flood is not, and time refills', () => {
    const allowance = new FrameAllowance(0);
    const taken = Array.from({ length: 1_000 }, () => allowance.take(0)).filter(Boolean);
    expect(taken).toHaveLength(100);
    expect(allowance.take(49)).toBe(false);
    expect(allowance.take(50)).toBe(true);
    expect(allowance.take(50)).toBe(false);
  });

  it('never holds more than one burst', () => {
    const allowance = new FrameAllowance(0);
    const taken = Array.from({ length: 1_000 }, () => allowance.take(1e9)).filter(Boolean);
    expect(taken).toHaveLength(100);
  });

  it('a steady client is never refused', () => {
    const allowance = new FrameAllowance(0);
    const all = Array.from({ length: 2_000 }, (_, n) => allowance.take(n * 50));
    expect(all).not.toContain(false);
  });
});
