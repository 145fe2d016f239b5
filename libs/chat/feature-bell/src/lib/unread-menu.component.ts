import { Component, inject, input, output } from '@angular/core';
import { type Params, RouterLink } from '@angular/router';
import { LatestUnreadStore, NewestRequests } from '@support-chat/chat-data-access';
import type { Failure, UnreadConversation } from '@support-chat/contracts';
import {
  AvatarComponent,
  BadgeComponent,
  EmptyStateComponent,
  ErrorStateComponent,
  I18n,
  IconComponent,
  SkeletonComponent,
  TimeComponent,
  failureText,
} from '@support-chat/ui';
import { SettingsButtonComponent } from './settings/settings-button.component';

/** What waits, newest first, each a way to its conversation. Asks while it is shown. */
@Component({
  selector: 'sc-unread-menu',
  imports: [
    AvatarComponent,
    BadgeComponent,
    EmptyStateComponent,
    ErrorStateComponent,
    IconComponent,
    RouterLink,
    SettingsButtonComponent,
    SkeletonComponent,
    TimeComponent,
  ],
  providers: [LatestUnreadStore],
  templateUrl: './unread-menu.component.html',
  styleUrl: './unread-menu.component.css',
})
export class UnreadMenuComponent {
  protected readonly i18n = inject(I18n);
  protected readonly store = inject(LatestUnreadStore);
  private readonly newest = inject(NewestRequests);

  readonly pathOf = input.required<(conversationId: number) => string>();
  readonly allQuery = input<Params | null>(null);
  /** Somebody follows a link. */
  readonly left = output();

  /** The thread may be open already, and somewhere above. */
  protected show({ conversation }: UnreadConversation): void {
    this.left.emit();
    this.newest.ask(conversation.id);
  }

  protected wordsOf(failure: Failure): string {
    return failureText(this.i18n, failure);
  }

  /** What the message says, or what it brings. */
  protected previewOf({ message }: UnreadConversation): string {
    return message.content || (message.attachment?.name ?? '');
  }
}
