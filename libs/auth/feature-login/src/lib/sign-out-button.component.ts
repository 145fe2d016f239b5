import { Component, computed, inject, signal } from '@angular/core';
import { SessionStore, UNSENT_WORK } from '@support-chat/auth-data-access';
import type { Failure } from '@support-chat/contracts';
import { ConfirmDialogComponent, I18n, failureText } from '@support-chat/ui';

/** Signs out; asks first when something written would be lost. Stays signed in if it fails. */
@Component({
  selector: 'sc-sign-out-button',
  imports: [ConfirmDialogComponent],
  template: `
    <button type="button" class="sc-button" [attr.aria-disabled]="isBusy()" (click)="ask()">
      {{ i18n.t('app.signOut') }}
    </button>
    @if (alert(); as text) {
      <p class="sc-field__error" role="alert">{{ text }}</p>
    }
    @if (isAsking()) {
      <sc-confirm-dialog
        [heading]="i18n.t('auth.signOutTitle')"
        [text]="i18n.t('auth.unsentWarning')"
        [confirmLabel]="i18n.t('auth.signOutAnyway')"
        (confirmed)="signOut()"
        (dismissed)="isAsking.set(false)"
      />
    }
  `,
})
export class SignOutButtonComponent {
  protected readonly i18n = inject(I18n);
  private readonly session = inject(SessionStore);
  private readonly unsent = inject(UNSENT_WORK);
  private readonly failure = signal<Failure | null>(null);

  protected readonly isAsking = signal(false);
  protected readonly isBusy = signal(false);
  protected readonly alert = computed(() => {
    const failure = this.failure();
    return failure && failureText(this.i18n, failure);
  });

  protected async ask(): Promise<void> {
    if (this.isBusy()) return;
    if (this.unsent.exists()) this.isAsking.set(true);
    else await this.signOut();
  }

  protected async signOut(): Promise<void> {
    this.isAsking.set(false);
    this.isBusy.set(true);
    this.failure.set(
      await this.session.signOut(() => {
        this.unsent.clear();
      }),
    );
    this.isBusy.set(false);
  }
}
