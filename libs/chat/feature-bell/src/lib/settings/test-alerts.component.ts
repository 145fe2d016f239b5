import { Component, computed, inject, input, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  AlertSound,
  PushDevice,
  PushWorker,
  type PushTestResult,
} from '@support-chat/chat-data-access';
import { TEST_PUSH_TAG } from '@support-chat/contracts';
import { I18n, failureText } from '@support-chat/ui';
import { filter } from 'rxjs';

/**
 * `heard`: the sound is all that is on, or `silent` where the browser does not play it; `none`:
 * nothing is; `arrived`: after or before `taken`.
 */
type Result = 'heard' | 'silent' | 'none' | 'sending' | 'arrived' | PushTestResult;

/**
 * Lets a person hear and see what a new message would do on this device, with what is on now. The
 * push comes from the server by the push service, so that a fault on the way shows.
 */
@Component({
  selector: 'sc-test-alerts',
  template: `
    <button
      type="button"
      class="sc-button"
      [attr.aria-disabled]="result() === 'sending'"
      (click)="run()"
    >
      {{ i18n.t('notify.test') }}
    </button>
    <p role="status">{{ words() }}</p>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--sc-space-2) var(--sc-space-4);
    }

    p {
      flex: 1 1 12rem;
      color: var(--sc-color-muted);
      font-size: var(--sc-text-sm);
    }

    /* Room is kept for what it will say: it would be out of sight. */
    @media (max-width: 30rem) {
      p {
        min-block-size: 2lh;
      }
    }
  `,
})
export class TestAlertsComponent {
  protected readonly i18n = inject(I18n);
  private readonly sound = inject(AlertSound);
  private readonly device = inject(PushDevice);

  readonly hasSound = input.required<boolean>();
  readonly hasPush = input.required<boolean>();

  protected readonly result = signal<Result | null>(null);
  protected readonly words = computed(() => {
    const result = this.result();
    if (result === null) return '';
    if (result === 'browser') return this.i18n.t('notify.pushRefused');
    if (typeof result === 'string') return this.i18n.t(`notify.tested.${result}`);
    if (result.code === 'unavailable') return this.i18n.t('notify.tested.failed');
    return failureText(this.i18n, result);
  });

  constructor() {
    inject(PushWorker)
      .told$.pipe(
        filter(({ type, data }) => type === 'PUSH' && data.notification.tag === TEST_PUSH_TAG),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        this.result.update((now) => (now === 'sending' || now === 'taken' ? 'arrived' : now));
      });
  }

  protected async run(): Promise<void> {
    if (this.result() === 'sending') return;
    // Not waited for: a browser may keep a sound waiting.
    if (this.hasSound()) void this.playSound();
    if (this.hasPush() && this.device.state() === 'on') {
      this.result.set('sending');
      const result = await this.device.test();
      // It may have come before this answer did.
      this.result.update((now) => (now === 'arrived' && result === 'taken' ? now : result));
    } else {
      this.result.set(this.hasSound() ? 'heard' : 'none');
    }
  }

  private async playSound(): Promise<void> {
    if (await this.sound.tryOut()) return;
    this.result.update((now) => (now === 'heard' ? 'silent' : now));
  }
}
