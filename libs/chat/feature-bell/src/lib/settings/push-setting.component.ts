import { Component, computed, inject, input, output } from '@angular/core';
import { PushDevice } from '@support-chat/chat-data-access';
import { I18n, SwitchComponent, failureText } from '@support-chat/ui';

/** Pushes: whether the viewer wants them anywhere, and whether this device takes part. */
@Component({
  selector: 'sc-push-setting',
  imports: [SwitchComponent],
  template: `
    <sc-switch
      [label]="i18n.t('notify.push')"
      [hint]="i18n.t(isOffered() ? 'notify.pushHint' : 'notify.notOffered')"
      [isOn]="isOffered() && isOn()"
      [isDisabled]="!isOffered()"
      (wanted)="switchTo($event)"
    />
    @if (isOffered() && isOn()) {
      <div class="device">
        @switch (device.state()) {
          @case ('on') {
            <p role="status">{{ i18n.t('notify.state.on') }}</p>
            <button
              type="button"
              class="sc-button sc-button--small"
              [attr.aria-disabled]="device.isBusy()"
              (click)="device.turnOff()"
            >
              {{ i18n.t('notify.turnOff') }}
            </button>
          }
          @case ('off') {
            <p role="status">{{ i18n.t('notify.state.off') }}</p>
            <button
              type="button"
              class="sc-button sc-button--small sc-button--primary"
              [attr.aria-disabled]="device.isBusy()"
              (click)="device.turnOn()"
            >
              {{ i18n.t('notify.turnOn') }}
            </button>
          }
          @case ('blocked') {
            <p role="status">{{ i18n.t('notify.state.blocked') }}</p>
          }
          @case ('unsupported') {
            <p role="status">{{ i18n.t('notify.state.unsupported') }}</p>
          }
        }
      </div>
      @if (alert(); as text) {
        <p class="sc-field__error" role="alert">{{ text }}</p>
      }
    }
  `,
  styleUrl: './push-setting.component.css',
})
export class PushSettingComponent {
  protected readonly i18n = inject(I18n);
  protected readonly device = inject(PushDevice);

  readonly isOn = input.required<boolean>();
  readonly isOffered = input.required<boolean>();
  readonly wanted = output<boolean>();

  protected readonly alert = computed(() => {
    const failure = this.device.failure();
    if (failure === 'browser') return this.i18n.t('notify.pushRefused');
    return failure && failureText(this.i18n, failure);
  });

  constructor() {
    void this.device.renew();
  }

  /** Whoever switches them on wants them here as well. */
  protected switchTo(isWanted: boolean): void {
    this.wanted.emit(isWanted);
    if (isWanted && this.device.state() === 'off') void this.device.turnOn();
  }
}
