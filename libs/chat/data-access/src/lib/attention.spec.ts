import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { Attention } from './attention';

describe('Attention', () => {
  let attention: Attention;
  let wakes: number;

  function setHidden(isHidden: boolean): void {
    jest.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden);
    document.dispatchEvent(new Event('visibilitychange'));
  }

  beforeEach(() => {
    jest.useFakeTimers();
    attention = TestBed.inject(Attention);
    wakes = 0;
    attention.wake$.subscribe(() => (wakes += 1));
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('is idle after a minute without input, and wakes at the next', async () => {
    await jest.advanceTimersByTimeAsync(59_999);
    expect(attention.level()).toBe('active');
    await jest.advanceTimersByTimeAsync(1);
    expect(attention.level()).toBe('idle');
    document.dispatchEvent(new Event('keydown'));
    expect(attention.level()).toBe('active');
    expect(wakes).toBe(1);
  });

  it('stays active while there is input, without waking anything', async () => {
    for (let i = 0; i < 10; i += 1) {
      await jest.advanceTimersByTimeAsync(30_000);
      document.dispatchEvent(new Event('pointermove'));
    }
    expect(attention.level()).toBe('active');
    expect(wakes).toBe(0);
  });

  it('is hidden with the page, and wakes on return', () => {
    setHidden(true);
    expect(attention.level()).toBe('hidden');
    expect(wakes).toBe(0);
    setHidden(false);
    expect(attention.level()).toBe('active');
    expect(wakes).toBe(1);
  });

  it('ux-47 wakes when the network comes or goes', () => {
    dispatchEvent(new Event('offline'));
    dispatchEvent(new Event('online'));
    expect(wakes).toBe(2);
  });
});
