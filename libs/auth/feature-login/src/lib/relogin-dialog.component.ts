import { Component, ElementRef, afterNextRender, inject, viewChild } from '@angular/core';
import { SessionStore } from '@support-chat/auth-data-access';
import { I18n } from '@support-chat/ui';
import { LoginFormComponent } from './login-form.component';
import { SignOutButtonComponent } from './sign-out-button.component';

/** Asks for the password again over what is on the screen, which stays as it is (ux-49). */
@Component({
  selector: 'sc-relogin-dialog',
  imports: [LoginFormComponent, SignOutButtonComponent],
  template: `
    <dialog
      #dialog
      aria-labelledby="sc-relogin-title"
      (cancel)="$event.preventDefault()"
      (close)="open()"
    >
      <h2 id="sc-relogin-title">{{ i18n.t('auth.expiredTitle') }}</h2>
      <p>{{ i18n.t('auth.expiredText') }}</p>
      <sc-login-form [email]="session.user()?.email ?? null" />
      <sc-sign-out-button />
    </dialog>
  `,
  styleUrl: './relogin-dialog.component.css',
})
export class ReloginDialogComponent {
  protected readonly i18n = inject(I18n);
  protected readonly session = inject(SessionStore);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  constructor() {
    afterNextRender(() => {
      this.open();
    });
  }

  /** Browsers let people close any dialog in the end; without a session this one comes back. */
  protected open(): void {
    const { nativeElement } = this.dialog();
    if (this.session.expired() && nativeElement.isConnected) nativeElement.showModal();
  }
}
