/** Pitch in hertz, start in seconds. */
interface Note {
  pitch: number;
  start: number;
}

/** What new messages can sound like: soft notes, each a little after the one before. */
export const ALERT_TONES = {
  /** The second a fifth above the first. */
  chime: [
    { pitch: 659.26, start: 0 },
    { pitch: 987.77, start: 0.12 },
  ],
  /** One that falls an octave. */
  drop: [
    { pitch: 1046.5, start: 0 },
    { pitch: 523.25, start: 0.09 },
  ],
  /** Up a major chord. */
  steps: [
    { pitch: 523.25, start: 0 },
    { pitch: 659.26, start: 0.1 },
    { pitch: 783.99, start: 0.2 },
  ],
} as const satisfies Record<string, readonly Note[]>;

export type AlertTone = keyof typeof ALERT_TONES;

export const ALERT_TONE_NAMES = Object.keys(ALERT_TONES) as AlertTone[];
