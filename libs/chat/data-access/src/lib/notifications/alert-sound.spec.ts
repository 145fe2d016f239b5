import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { AlertSound } from './alert-sound';
import { SoundChoice } from './sound-choice';

class FakeNode extends EventTarget {
  readonly frequency = { value: 0 };
  readonly gain = {
    setValueAtTime: () => undefined,
    exponentialRampToValueAtTime: (value: number) => {
      loudest = Math.max(loudest, value);
    },
  };
  readonly start = started;
  readonly stop = () => undefined;
  connect = (next: unknown) => next;
}

class FakeAudioContext {
  readonly currentTime = 0;
  readonly destination = {};
  resume = () => resume();
  suspend = () => Promise.resolve();
  close = () => Promise.resolve();
  createOscillator = () => new FakeNode();
  createGain = () => new FakeNode();
}

const started = jest.fn();
const never = () => new Promise<void>(() => undefined);
/** What the browser does when the sound is to begin. */
let resume: () => Promise<void> = () => Promise.resolve();
let loudest = 0;

describe('AlertSound', () => {
  beforeEach(() => {
    localStorage.clear();
    resume = () => Promise.resolve();
    loudest = 0;
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

  it('ux-42 sounds as it was chosen on this device, from the next sound on', async () => {
    const sound = TestBed.inject(AlertSound);
    const choice = TestBed.inject(SoundChoice);
    await touch();
    const loudnessAt = async (volume: number) => {
      choice.chooseVolume(volume);
      loudest = 0;
      await sound.play();
      return loudest;
    };
    const [quiet, usual, loud] = [await loudnessAt(1), await loudnessAt(3), await loudnessAt(5)];
    expect(quiet).toBeGreaterThan(0.01);
    expect(usual).toBeGreaterThan(quiet * 2);
    expect(loud).toBeGreaterThan(usual * 2);
    expect(loud).toBeLessThan(0.5);

    started.mockClear();
    choice.chooseTone('steps');
    await sound.play();
    expect(started).toHaveBeenCalledTimes(3);
  });

  it('ux-42 says whether it was played, also where the browser has ended it', async () => {
    const sound = TestBed.inject(AlertSound);
    expect(await sound.tryOut()).toBe(false);
    await touch();
    expect(await sound.tryOut()).toBe(true);
    resume = () => Promise.reject(new DOMException('closed', 'InvalidStateError'));
    expect(await sound.tryOut()).toBe(false);
  });

  it('stays silent while the browser does not allow it', async () => {
    resume = never;
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
