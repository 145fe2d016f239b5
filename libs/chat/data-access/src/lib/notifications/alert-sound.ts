import { DOCUMENT, DestroyRef, Service, inject, signal } from '@angular/core';
import { ALERT_TONES } from './alert-tones';
import { SoundChoice, VOLUME_MAX } from './sound-choice';

/** What browsers take for a wish of the person, and so as leave to make a sound. */
const GESTURES = ['pointerup', 'keydown', 'touchend'];

const NOTE_SECONDS = 0.45;
/** At full volume. */
const LOUDEST = 0.4;
const SILENCE = 0.0001;

/** A sound that could begin only so much later tells of nothing new. */
const LATE_MS = 2_000;

/** A short sound, made here rather than fetched. Ready once the person has touched the page. */
@Service()
export class AlertSound {
  private readonly document = inject(DOCUMENT);
  private readonly choice = inject(SoundChoice);
  private readonly ready = signal(false);
  private readonly options = { capture: true, passive: true };
  private context: AudioContext | null = null;
  private last: OscillatorNode | undefined;

  /** Whether the browser lets this page be heard. */
  readonly isReady = this.ready.asReadonly();

  constructor() {
    for (const name of GESTURES) this.document.addEventListener(name, this.unlock, this.options);
    if (wasTouched(this.document.defaultView?.navigator)) this.unlock();
    inject(DestroyRef).onDestroy(() => {
      this.stopListening();
      void this.context?.close();
    });
  }

  /** Does nothing where the browser does not allow it. Rejects when the browser has ended it. */
  async play(): Promise<void> {
    const { context } = this;
    if (!context || !this.ready()) return;
    const askedAt = performance.now();
    await context.resume();
    if (performance.now() - askedAt > LATE_MS) return;
    const from = context.currentTime;
    const loudness = loudnessOf(this.choice.volume());
    const last = ALERT_TONES[this.choice.tone()]
      .map(({ pitch, start }) => playNote(context, pitch, loudness, from + start))
      .at(-1);
    this.last = last;
    last?.addEventListener('ended', () => {
      // A context that is not needed costs power.
      if (this.last === last) void context.suspend();
    });
  }

  /** At the person's wish. False where the browser plays nothing. */
  async tryOut(): Promise<boolean> {
    try {
      await this.play();
      return this.ready();
    } catch {
      return false;
    }
  }

  private readonly unlock = (): void => {
    if (!('AudioContext' in globalThis)) return;
    this.context ??= new AudioContext();
    void this.context.resume().then(() => {
      if (this.ready()) return;
      this.ready.set(true);
      this.stopListening();
      void this.context?.suspend();
    });
  };

  private stopListening(): void {
    for (const name of GESTURES) this.document.removeEventListener(name, this.unlock, this.options);
  }
}

/** Ears hear each step as much louder as the one before. */
function loudnessOf(volume: number): number {
  return LOUDEST * (volume / VOLUME_MAX) ** 2;
}

function playNote(
  context: AudioContext,
  pitch: number,
  loudness: number,
  at: number,
): OscillatorNode {
  const note = context.createOscillator();
  const volume = context.createGain();
  note.frequency.value = pitch;
  volume.gain.setValueAtTime(SILENCE, at);
  volume.gain.exponentialRampToValueAtTime(loudness, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(SILENCE, at + NOTE_SECONDS);
  note.connect(volume).connect(context.destination);
  note.start(at);
  note.stop(at + NOTE_SECONDS);
  return note;
}

/** Not every browser tells. */
function wasTouched(navigator?: Partial<Pick<Navigator, 'userActivation'>>): boolean {
  return navigator?.userActivation?.hasBeenActive ?? false;
}
