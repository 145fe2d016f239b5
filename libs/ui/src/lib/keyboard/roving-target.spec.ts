import { rovingTarget } from './roving-target';

const press = (key: string, more: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { key, ...more });

describe('rovingTarget', () => {
  it('ux-61 moves by arrows, Home and End, and stops at both ends', () => {
    expect(rovingTarget(press('ArrowUp'), 1, 3)).toBe(0);
    expect(rovingTarget(press('ArrowUp'), 0, 3)).toBe(0);
    expect(rovingTarget(press('ArrowDown'), 1, 3)).toBe(2);
    expect(rovingTarget(press('ArrowDown'), 2, 3)).toBe(2);
    expect(rovingTarget(press('Home'), 2, 3)).toBe(0);
    expect(rovingTarget(press('End'), 0, 3)).toBe(2);
  });

  it('leaves other keys and shortcuts to the browser', () => {
    expect(rovingTarget(press('a'), 0, 3)).toBeUndefined();
    expect(rovingTarget(press('ArrowUp', { altKey: true }), 1, 3)).toBeUndefined();
    expect(rovingTarget(press('Home', { ctrlKey: true }), 1, 3)).toBeUndefined();
    expect(rovingTarget(press('End'), 0, 0)).toBeUndefined();
  });
});
