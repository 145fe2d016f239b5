import { Component, computed, inject } from '@angular/core';
import { APP_NAME, SessionStore } from '@support-chat/auth-data-access';
import { APP_ROUTES } from '@support-chat/contracts';
import { I18n } from '@support-chat/ui';
import { SignOutButtonComponent } from './sign-out-button.component';

/** For a signed-in person whose account belongs to the other app: says so and shows the way. */
@Component({
  selector: 'sc-wrong-role',
  imports: [SignOutButtonComponent],
  template: `
    <section class="sc-card" aria-labelledby="sc-wrong-role-title">
      <h1 id="sc-wrong-role-title">{{ i18n.t('auth.wrongRoleTitle') }}</h1>
      <p>{{ text() }}</p>
      <div class="buttons">
        <a class="sc-button sc-button--primary" [href]="otherApp">
          {{ i18n.t(isSupport ? 'auth.toConsole' : 'auth.toSupport') }}
        </a>
        <sc-sign-out-button />
      </div>
    </section>
  `,
  styleUrl: './panel.css',
})
export class WrongRoleComponent {
  protected readonly i18n = inject(I18n);
  private readonly session = inject(SessionStore);
  protected readonly isSupport = inject(APP_NAME) === 'support';
  protected readonly otherApp = this.isSupport ? APP_ROUTES.admin : APP_ROUTES.support;
  protected readonly text = computed(() => {
    const email = this.session.user()?.email ?? '';
    return this.i18n.t(this.isSupport ? 'auth.adminInSupport' : 'auth.userInConsole', { email });
  });
}
