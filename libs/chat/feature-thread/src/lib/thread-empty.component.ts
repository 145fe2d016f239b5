import { Component, inject, input } from '@angular/core';
import type { Viewer } from '@support-chat/chat-data-access';
import type { Conversation } from '@support-chat/contracts';
import { EmptyStateComponent, I18n } from '@support-chat/ui';

/** A conversation without messages: a greeting and how it works, or for admins who is waiting there. */
@Component({
  selector: 'sc-thread-empty',
  imports: [EmptyStateComponent],
  template: `
    @if (viewer()?.role === 'admin') {
      <sc-empty-state
        [heading]="i18n.t('thread.empty.adminTitle')"
        [text]="i18n.t('thread.empty.adminText', { name: conversation()?.user?.name ?? '' })"
      />
    } @else {
      <sc-empty-state
        [heading]="i18n.t('thread.empty.userTitle', { name: viewer()?.name ?? '' })"
        [text]="i18n.t('thread.empty.userText')"
      >
        <ol>
          <li>{{ i18n.t('thread.empty.stepWrite') }}</li>
          <li>{{ i18n.t('thread.empty.stepAnswer') }}</li>
          <li>{{ i18n.t('thread.empty.stepReturn') }}</li>
        </ol>
      </sc-empty-state>
    }
  `,
  styleUrl: './thread-empty.component.css',
})
export class ThreadEmptyComponent {
  protected readonly i18n = inject(I18n);

  readonly viewer = input.required<Viewer | null>();
  readonly conversation = input.required<Conversation | null>();
}
