import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { AlertSound } from './alert-sound';

class FakeNode extends EventTarget {
  readonly frequency = { value: 0 };
  readonly gain = {
    setValueAtTime: () => undefined,
    exponentialRampToValueAtTime: () => undefined,
  };
  readonly start = started;
  readonly stop = () => undefined;
  connect = (next: unknown) => next;
}

class FakeAudioContext {
  readonly currentTime = 0;
  readonly destination = {};
  resume = () => (isAllowed ? Promise.resolve() : new Promise<void>(() => undefined));
  suspend = () => Promise.resolve();
  close = () => Promise.resolve();
  createOscillator = () => new FakeNode();
  createGain = () => new FakeNode();
}

const started = jest.fn();
let isAllowed = true;

describe('AlertSound', () => {
  beforeEach(() => {
    isAllowed = true;
    started.mockClear();
    Object.assign(globalThis, { AudioContext: FakeAudioContext });
  });

  afterEach(() => {
    TestBed.resetTestingModule();
    Reflect.deleteProperty(globalThis, 'AudioContext');
  });

  const touch = async () => {
    document.dispatchEvent(new Event('pointerup'));
    await Promise.resolve();
  };

  it('ux-42 is silent until the first touch, and heard from then on', async () => {
    const sound = TestBed.inject(AlertSound);
    await sound.play();
    expect(sound.isReady()).toBe(false);
    expect(started).not.toHaveBeenCalled();

    await touch();
    expect(sound.isReady()).toBe(true);
    await sound.play();
    expect(started).toHaveBeenCalledTimes(2);
  });

  it('stays silent while the browser does not allow it', async () => {
    isAllowed = false;
    const sound = TestBed.inject(AlertSound);
    await touch();
    await sound.play();
    expect(sound.isReady()).toBe(false);
    expect(started).not.toHaveBeenCalled();
  });

  it('does not play what the browser lets begin only much later', async () => {
    const sound = TestBed.inject(AlertSound);
    await touch();
    const now = jest.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValueOnce(60_000);
    await sound.play();
    expect(started).not.toHaveBeenCalled();
    now.mockRestore();
    await sound.play();
    expect(started).toHaveBeenCalledTimes(2);
  });

  it('does without where the browser cannot make sounds', async () => {
    Reflect.deleteProperty(globalThis, 'AudioContext');
    const sound = TestBed.inject(AlertSound);
    await touch();
    expect(sound.isReady()).toBe(false);
  });
});
