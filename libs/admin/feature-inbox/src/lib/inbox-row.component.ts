import { Component, ElementRef, computed, inject, input, viewChild } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { CHAT_VIEWER } from '@support-chat/chat-data-access';
import type { Conversation } from '@support-chat/contracts';
import {
  AvatarComponent,
  BadgeComponent,
  I18n,
  IconComponent,
  TimeComponent,
} from '@support-chat/ui';

/** One conversation of the list: a link to it, with what one must know before opening it. */
@Component({
  selector: 'sc-inbox-row',
  imports: [
    AvatarComponent,
    BadgeComponent,
    IconComponent,
    RouterLink,
    RouterLinkActive,
    TimeComponent,
  ],
  templateUrl: './inbox-row.component.html',
  styleUrl: './inbox-row.component.css',
})
export class InboxRowComponent {
  protected readonly i18n = inject(I18n);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly link = viewChild.required<ElementRef<HTMLAnchorElement>>('link');

  readonly conversation = input.required<Conversation>();
  /** The one row that Tab stops at. */
  readonly isTabStop = input(false);
  /** While searching, the address shows why a row was found. */
  readonly showsEmail = input(false);

  protected readonly at = computed(
    () => this.conversation().last_message_at ?? this.conversation().created_at,
  );
  protected readonly preview = computed(() => {
    const message = this.conversation().last_message;
    if (!message) return this.i18n.t('inbox.noMessages');
    if (message.deleted_at !== null) return this.i18n.t('message.deleted');
    return message.content || (message.attachment?.name ?? '');
  });
  /** For what the last message carries. */
  protected readonly fileIcon = computed((): 'image' | 'clip' | null => {
    const message = this.conversation().last_message;
    if (!message?.attachment) return null;
    return message.message_type === 'image' ? 'image' : 'clip';
  });
  /** Before the preview, when somebody of the team wrote last. */
  protected readonly prefix = computed(() => {
    const message = this.conversation().last_message;
    if (message?.sender.role !== 'admin' || message.message_type === 'system') return '';
    if (message.sender.id === this.viewer()?.id) return this.i18n.t('inbox.you');
    return this.i18n.t('inbox.by', { name: message.sender.name });
  });

  focus(): void {
    this.link().nativeElement.focus();
  }
}
