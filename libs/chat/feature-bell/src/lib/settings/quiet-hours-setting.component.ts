import { Component, computed, inject, input, output } from '@angular/core';
import type { NotificationPreferencesBody, QuietHours } from '@support-chat/contracts';
import { I18n, SwitchComponent } from '@support-chat/ui';
import { ownTimeZone, timeZonesWith } from './time-zones';

/** What is offered to whoever has had none. */
const NIGHT: QuietHours = { start: '22:00', end: '07:00' };

/** The times in which nobody is disturbed, by the clocks of one time zone. */
@Component({
  selector: 'sc-quiet-hours-setting',
  imports: [SwitchComponent],
  template: `
    <sc-switch
      [label]="i18n.t('notify.quiet')"
      [hint]="i18n.t('notify.quietHint')"
      [isOn]="hours() !== null"
      (wanted)="switchTo($event)"
    />
    @if (hours(); as quiet) {
      <div class="times" role="group" [attr.aria-label]="i18n.t('notify.quiet')">
        <label class="sc-field">
          <span class="sc-field__label">{{ i18n.t('notify.from') }}</span>
          <input
            #start
            type="time"
            required
            [value]="quiet.start"
            (change)="set({ start }, quiet)"
          />
        </label>
        <label class="sc-field">
          <span class="sc-field__label">{{ i18n.t('notify.until') }}</span>
          <input #end type="time" required [value]="quiet.end" (change)="set({ end }, quiet)" />
        </label>
        <label class="sc-field zone">
          <span class="sc-field__label">{{ i18n.t('notify.timeZone') }}</span>
          <select #zone (change)="wanted.emit({ time_zone: zone.value })">
            @for (name of zones(); track name) {
              <option [value]="name" [selected]="name === timeZone()">
                {{ name.replaceAll('_', ' ') }}
              </option>
            }
          </select>
        </label>
      </div>
    }
  `,
  styleUrl: './quiet-hours-setting.component.css',
})
export class QuietHoursSettingComponent {
  protected readonly i18n = inject(I18n);

  readonly hours = input.required<QuietHours | null>();
  readonly timeZone = input.required<string>();
  readonly wanted = output<NotificationPreferencesBody>();

  protected readonly zones = computed(() => timeZonesWith(this.timeZone()));

  /** They begin with the clock that this person looks at. */
  protected switchTo(isOn: boolean): void {
    this.wanted.emit(
      isOn ? { quiet_hours: NIGHT, time_zone: ownTimeZone() } : { quiet_hours: null },
    );
  }

  /** A time that was cleared is put back. */
  protected set(
    field: { start?: HTMLInputElement; end?: HTMLInputElement },
    now: QuietHours,
  ): void {
    const start = field.start?.value ?? now.start;
    const end = field.end?.value ?? now.end;
    if (start && end) this.wanted.emit({ quiet_hours: { start, end } });
    else if (field.start) field.start.value = now.start;
    else if (field.end) field.end.value = now.end;
  }
}
