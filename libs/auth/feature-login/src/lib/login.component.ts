import { Component, computed, inject, signal } from '@angular/core';
import { APP_NAME } from '@support-chat/auth-data-access';
import { I18n } from '@support-chat/ui';
import { LoginFormComponent } from './login-form.component';
import type { LoginMode } from './login-values';

/** The page for whoever is not signed in; students may also create an account. */
@Component({
  selector: 'sc-login',
  imports: [LoginFormComponent],
  template: `
    <section class="sc-card" aria-labelledby="sc-login-title">
      <h1 id="sc-login-title">{{ title() }}</h1>
      <sc-login-form [mode]="mode()" />
      @if (canRegister) {
        <p>
          {{ i18n.t(mode() === 'register' ? 'auth.haveAccount' : 'auth.noAccount') }}
          <button type="button" class="sc-link" (click)="toggle()">
            {{ i18n.t(mode() === 'register' ? 'auth.signIn' : 'auth.register') }}
          </button>
        </p>
      }
    </section>
  `,
  styleUrl: './panel.css',
})
export class LoginComponent {
  protected readonly i18n = inject(I18n);
  protected readonly canRegister = inject(APP_NAME) === 'support';
  protected readonly mode = signal<LoginMode>('sign-in');
  protected readonly title = computed(() => {
    if (!this.canRegister) return this.i18n.t('auth.signInConsoleTitle');
    return this.i18n.t(this.mode() === 'register' ? 'auth.registerTitle' : 'auth.signInTitle');
  });

  protected toggle(): void {
    this.mode.update((mode) => (mode === 'sign-in' ? 'register' : 'sign-in'));
  }
}
