import { Component, computed, inject, input, viewChild } from '@angular/core';
import type { ConversationTarget } from '@support-chat/chat-data-access';
import { I18n } from '@support-chat/ui';
import { ConversationThreadComponent } from './conversation-thread.component';

/**
 * A conversation to read and write in, filling its place: the one of the route or input, or the viewer's
 * own where none is given. Each conversation gets a thread of its own, so nothing of one shows in another.
 */
@Component({
  selector: 'sc-thread',
  imports: [ConversationThreadComponent],
  template: `
    @if (conversationId() === undefined) {
      <h1 class="sc-visually-hidden">{{ i18n.t('thread.mine') }}</h1>
    }
    @for (target of targets(); track target) {
      <sc-conversation-thread [target]="target" />
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      block-size: 100%;
      min-block-size: 0;
    }
  `,
})
export class ThreadComponent {
  protected readonly i18n = inject(I18n);

  /** As the route gives it; what is no number is a conversation that does not exist. */
  readonly conversationId = input<number | string>();

  private readonly thread = viewChild(ConversationThreadComponent);

  /** For whoever frames the thread: what is known of the conversation so far. */
  readonly conversation = computed(() => this.thread()?.conversation() ?? null);
  /** Who is online; null while nobody can tell. */
  readonly presence = computed(() => this.thread()?.presence() ?? null);

  protected readonly targets = computed((): [ConversationTarget] => {
    const id = this.conversationId();
    return [id === undefined ? 'mine' : Number(id)];
  });
}
