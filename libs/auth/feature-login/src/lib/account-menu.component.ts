import { Component, inject } from '@angular/core';
import { SessionStore } from '@support-chat/auth-data-access';
import { SignOutButtonComponent } from './sign-out-button.component';

/** The part of the menu about whoever is signed in; empty for nobody. */
@Component({
  selector: 'sc-account-menu',
  imports: [SignOutButtonComponent],
  template: `
    @if (session.user(); as user) {
      <div>
        <strong dir="auto">{{ user.name }}</strong>
        <p dir="auto">{{ user.email }}</p>
        <sc-sign-out-button />
      </div>
    }
  `,
  styles: `
    :host(:empty) {
      display: none;
    }

    div {
      display: grid;
      gap: var(--sc-space-1);
      overflow-wrap: anywhere;
    }

    p {
      color: var(--sc-color-muted);
      font-size: var(--sc-text-sm);
    }

    sc-sign-out-button {
      margin-block-start: var(--sc-space-2);
    }
  `,
})
export class AccountMenuComponent {
  protected readonly session = inject(SessionStore);
}
