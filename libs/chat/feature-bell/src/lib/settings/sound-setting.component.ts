import { Component, computed, inject, input, output, signal } from '@angular/core';
import {
  ALERT_TONE_NAMES,
  AlertSound,
  SoundChoice,
  VOLUME_MAX,
} from '@support-chat/chat-data-access';
import { I18n, SwitchComponent } from '@support-chat/ui';

/** The sound of new messages: whether the viewer wants it, and what it is like here. Each choice is heard. */
@Component({
  selector: 'sc-sound-setting',
  imports: [SwitchComponent],
  template: `
    <sc-switch
      [label]="i18n.t('notify.sound')"
      [hint]="i18n.t('notify.soundHint')"
      [isOn]="isOn()"
      (wanted)="wanted.emit($event)"
    />
    @if (isOn()) {
      <div role="group" [attr.aria-label]="i18n.t('notify.sound')" aria-describedby="sc-sound-here">
        <label class="sc-field">
          <span class="sc-field__label">{{ i18n.t('notify.tone') }}</span>
          <select #select (change)="chooseTone(select.value)">
            @for (option of tones(); track option.name) {
              <option [value]="option.name" [selected]="option.name === tone()">
                {{ option.words }}
              </option>
            }
          </select>
        </label>
        <label class="sc-field">
          <span class="sc-field__label">{{ i18n.t('notify.volume') }}</span>
          <input
            #slider
            type="range"
            min="1"
            [max]="volumeMax"
            [value]="volume()"
            [attr.aria-valuetext]="percent()"
            (change)="chooseVolume(slider.value)"
          />
        </label>
        <p class="sc-field__hint" id="sc-sound-here">{{ i18n.t('notify.soundHere') }}</p>
      </div>
    }
  `,
  styleUrl: './sound-setting.component.css',
})
export class SoundSettingComponent {
  protected readonly i18n = inject(I18n);
  private readonly choice = inject(SoundChoice);
  private readonly sound = inject(AlertSound);

  readonly isOn = input.required<boolean>();
  readonly wanted = output<boolean>();

  protected readonly tones = computed(() =>
    ALERT_TONE_NAMES.map((name) => ({ name, words: this.i18n.t(`notify.tones.${name}`) })),
  );
  protected readonly volumeMax = VOLUME_MAX;
  protected readonly tone = signal(this.choice.tone());
  protected readonly volume = signal(this.choice.volume());
  protected readonly percent = computed(() =>
    new Intl.NumberFormat(this.i18n.locale(), { style: 'percent' }).format(
      this.volume() / VOLUME_MAX,
    ),
  );

  protected chooseTone(name: string): void {
    this.choice.chooseTone(name);
    this.tone.set(this.choice.tone());
    void this.sound.tryOut();
  }

  protected chooseVolume(volume: string): void {
    this.choice.chooseVolume(Number(volume));
    this.volume.set(this.choice.volume());
    void this.sound.tryOut();
  }
}
