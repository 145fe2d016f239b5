import { Service, inject } from '@angular/core';
import { LocalRecords } from '../local-records';
import { type AlertTone, ALERT_TONE_NAMES } from './alert-tones';

export const VOLUME_MAX = 5;
const USUAL_VOLUME = 3;
const TONE = 'sc.sound.tone';
const VOLUME = 'sc.sound.volume';

/**
 * What the sound of news is like on this device, whose loudspeakers are its own. Read anew for each
 * sound: another tab may have changed it.
 */
@Service()
export class SoundChoice {
  private readonly records = inject(LocalRecords);

  tone(): AlertTone {
    const kept = this.records.read(TONE);
    return ALERT_TONE_NAMES.find((name) => name === kept) ?? 'chime';
  }

  /** From 1 to the maximum. */
  volume(): number {
    const kept = Number(this.records.read(VOLUME));
    return Number.isInteger(kept) && kept >= 1 && kept <= VOLUME_MAX ? kept : USUAL_VOLUME;
  }

  chooseTone(tone: string): void {
    this.records.write(TONE, tone);
  }

  chooseVolume(volume: number): void {
    this.records.write(VOLUME, `${volume}`);
  }
}
