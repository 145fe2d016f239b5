import { Component, ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Conversation, Failure } from '@support-chat/contracts';
import {
  AvatarComponent,
  ConfirmDialogComponent,
  I18n,
  IconComponent,
  PresenceComponent,
  failureText,
} from '@support-chat/ui';

/** Whose conversation is open, the way back to the list, and the way to end it. */
@Component({
  selector: 'sc-conversation-header',
  imports: [AvatarComponent, ConfirmDialogComponent, IconComponent, PresenceComponent, RouterLink],
  templateUrl: './conversation-header.component.html',
  styleUrl: './conversation-header.component.css',
})
export class ConversationHeaderComponent {
  protected readonly i18n = inject(I18n);
  protected readonly failureText = failureText;
  private readonly heading = viewChild.required<ElementRef<HTMLElement>>('heading');

  /** Null while it is loading. */
  readonly conversation = input.required<Conversation | null>();
  /** Whether the student is there; null while nobody can tell. */
  readonly isOnline = input<boolean | null>(null);
  readonly endFailure = input<Failure | null>(null);
  /** The answer to "really?" was yes. */
  readonly end = output<number>();

  protected readonly isAsking = signal(false);

  focus(): void {
    this.heading().nativeElement.focus();
  }

  protected confirm(id: number): void {
    this.isAsking.set(false);
    this.end.emit(id);
  }
}
