import { Component, inject } from '@angular/core';
import { SessionKeeper, SessionStore } from '@support-chat/auth-data-access';
import { ErrorStateComponent, I18n } from '@support-chat/ui';
import { ReloginDialogComponent } from './relogin-dialog.component';

/** Frames an app's content: shows why it is not there yet, and asks anew when a session ends. */
@Component({
  selector: 'sc-session-frame',
  imports: [ErrorStateComponent, ReloginDialogComponent],
  template: `
    @if (session.status() === 'unknown') {
      @if (keeper.restoreFailure(); as failure) {
        <sc-error-state
          [heading]="i18n.t('app.failedTitle')"
          [failure]="failure"
          (retry)="keeper.restore()"
        />
      } @else {
        <p role="status">{{ i18n.t('app.loading') }}</p>
      }
    }
    <ng-content />
    @if (session.expired()) {
      <sc-relogin-dialog />
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      min-block-size: 0;
    }

    p {
      margin: auto;
      color: var(--sc-color-muted);
    }
  `,
})
export class SessionFrameComponent {
  protected readonly i18n = inject(I18n);
  protected readonly session = inject(SessionStore);
  protected readonly keeper = inject(SessionKeeper);
}
