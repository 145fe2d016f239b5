import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { AttachmentSettingsStore } from '@support-chat/admin-data-access';
import { ErrorStateComponent, I18n, IconComponent, SkeletonComponent } from '@support-chat/ui';
import { AttachmentFormComponent } from './attachment-form.component';

/** What admins set for everybody. */
@Component({
  selector: 'sc-settings',
  imports: [
    AttachmentFormComponent,
    ErrorStateComponent,
    IconComponent,
    RouterLink,
    SkeletonComponent,
  ],
  providers: [AttachmentSettingsStore],
  template: `
    <div class="page">
      <div class="top">
        <a
          class="sc-button sc-button--quiet sc-button--icon"
          routerLink="/"
          [attr.aria-label]="i18n.t('settings.back')"
        >
          <sc-icon name="back" />
        </a>
        <h1>{{ i18n.t('settings.title') }}</h1>
      </div>
      @if (store.failure(); as failure) {
        <sc-error-state
          [heading]="i18n.t('settings.failedTitle')"
          [failure]="failure"
          (retry)="store.load()"
        />
      } @else if (store.policy(); as policy) {
        <sc-attachment-form [policy]="policy" />
      } @else {
        <span class="sc-visually-hidden" role="status">{{ i18n.t('settings.loading') }}</span>
        <sc-skeleton shape="rows" [count]="6" />
      }
    </div>
  `,
  styleUrl: './settings.component.css',
})
export class SettingsComponent {
  protected readonly i18n = inject(I18n);
  protected readonly store = inject(AttachmentSettingsStore);

  constructor() {
    void this.store.load(); // What fails shows in the store.
  }
}
