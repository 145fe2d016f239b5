import { Component, inject, input, signal } from '@angular/core';
import { AlertSound, PushDevice, PushWorker } from '@support-chat/chat-data-access';
import { I18n } from '@support-chat/ui';

/** Lets a person hear and see what a new message would do on this device, with what is on now. */
@Component({
  selector: 'sc-test-alerts',
  template: `
    <button type="button" class="sc-button" (click)="run()">{{ i18n.t('notify.test') }}</button>
    <p role="status">
      @if (result(); as words) {
        {{ i18n.t(words) }}
      }
    </p>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--sc-space-2) var(--sc-space-4);
    }

    /* Room is kept for what it will say: it would be out of sight on a phone. */
    p {
      flex: 1 1 12rem;
      min-block-size: 1lh;
      color: var(--sc-color-muted);
      font-size: var(--sc-text-sm);
    }
  `,
})
export class TestAlertsComponent {
  protected readonly i18n = inject(I18n);
  private readonly sound = inject(AlertSound);
  private readonly device = inject(PushDevice);
  private readonly worker = inject(PushWorker);

  readonly hasSound = input.required<boolean>();
  readonly hasPush = input.required<boolean>();

  protected readonly result = signal<'notify.tested' | 'notify.testedNone' | null>(null);

  protected async run(): Promise<void> {
    this.result.set(null);
    const hasPush = this.hasPush() && this.device.state() === 'on';
    if (this.hasSound()) await this.sound.play();
    if (hasPush) await this.show();
    this.result.set(this.hasSound() || hasPush ? 'notify.tested' : 'notify.testedNone');
  }

  private async show(): Promise<void> {
    const registration = await this.worker.find();
    await registration?.showNotification(this.i18n.t('notify.testTitle'), {
      body: this.i18n.t('notify.testText'),
      tag: 'test',
    });
  }
}
