import {
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  signal,
  viewChildren,
} from '@angular/core';
import { SessionStore } from '@support-chat/auth-data-access';
import { type Failure, LIMITS } from '@support-chat/contracts';
import { I18n, failureText } from '@support-chat/ui';
import { LoginFieldComponent } from './login-field.component';
import {
  LOGIN_FIELDS,
  type LoginErrors,
  type LoginField,
  type LoginMode,
  findErrors,
  readValues,
} from './login-values';

/**
 * Signs in or creates an account. Errors of a field stand at the field, all others above the
 * button; what was typed stays. A given e-mail address cannot be changed.
 */
@Component({
  selector: 'sc-login-form',
  imports: [LoginFieldComponent],
  templateUrl: './login-form.component.html',
  styleUrl: './login-form.component.css',
})
export class LoginFormComponent {
  protected readonly i18n = inject(I18n);
  private readonly session = inject(SessionStore);
  private readonly fields = viewChildren(LoginFieldComponent);

  readonly mode = input<LoginMode>('sign-in');
  readonly email = input<string | null>(null);

  protected readonly isBusy = signal(false);
  /** Both belong to one mode: what was wrong with signing in says nothing about registering. */
  private readonly errors = linkedSignal<LoginMode, LoginErrors>({
    source: this.mode,
    computation: () => ({}),
  });
  private readonly failure = linkedSignal<LoginMode, Failure | null>({
    source: this.mode,
    computation: () => null,
  });

  protected readonly passwordHint = computed(() =>
    this.mode() === 'register'
      ? this.i18n.plural('auth.passwordHint', LIMITS.passwordMinLength)
      : null,
  );
  protected readonly alert = computed(() => {
    const failure = this.failure();
    if (!failure) return null;
    const isOffline = failure.code === 'unreachable' && !navigator.onLine;
    return isOffline ? this.i18n.t('problem.offline') : failureText(this.i18n, failure);
  });

  protected errorOf(field: LoginField): string | null {
    const code = this.errors()[field];
    if (!code) return null;
    return this.i18n.t(code === 'email_taken' ? 'problem.email_taken' : `field.${code}`);
  }

  protected edited(field: LoginField): void {
    this.errors.update(({ [field]: _, ...others }) => others);
  }

  protected async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy()) return;
    const values = readValues(event.target as HTMLFormElement);
    this.failure.set(null);
    this.show(findErrors(this.mode(), values));
    if (this.hasErrors()) return;

    this.isBusy.set(true);
    const { email, password } = values;
    const failure = await (this.mode() === 'register'
      ? this.session.register(values)
      : this.session.signIn({ email, password }));
    this.isBusy.set(false);
    if (failure) this.refused(failure);
  }

  private refused(failure: Failure): void {
    const errors: LoginErrors = {};
    for (const { field, code } of failure.errors) {
      const known = LOGIN_FIELDS.find((name) => name === field);
      if (known) errors[known] = code;
    }
    if (failure.code === 'email_taken') errors.email = failure.code;
    this.show(errors);
    if (!this.hasErrors()) this.failure.set(failure);
  }

  /** Puts the errors at their fields, and the focus at the first. */
  private show(errors: LoginErrors): void {
    this.errors.set(errors);
    this.fields()
      .find((field) => errors[field.name() as LoginField])
      ?.focus();
  }

  private hasErrors(): boolean {
    return Object.keys(this.errors()).length > 0;
  }
}
