import { type Signal, effect, inject, linkedSignal, untracked } from '@angular/core';
import { type Attachment, LIMITS, type Message, codePointLength } from '@support-chat/contracts';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter } from 'rxjs';
import { FileHold } from './attachments/file-hold';
import { Drafts } from './drafts';
import { Outbox } from './outbox';
import { OutboxSender } from './outbox-sender';

/** The writing side of one conversation: its draft and its messages on their way. */
export class Composing {
  private readonly drafts = inject(Drafts);
  private readonly outbox = inject(Outbox);
  private readonly hold = inject(FileHold);

  readonly draft = linkedSignal(() => {
    const id = this.conversationId();
    return id === null ? '' : this.drafts.read(id);
  });

  readonly entries = this.outbox.entries;

  /** This conversation's messages as the server stored them, just before they leave the outbox. */
  readonly accepted$ = inject(OutboxSender).accepted$.pipe(
    filter(({ conversation_id: id }) => id === this.conversationId()),
  );

  /** What another tab wrote, until this one writes on. */
  private received: { id: number; text: string } | null = null;

  /** Made in an injection context. */
  constructor(private readonly conversationId: Signal<number | null>) {
    effect(() => {
      this.keep(this.draft());
    });
    effect(() => {
      this.releaseChanged();
    });
    // Written on here too, or else this tab's text and that of the other would replace each other.
    this.drafts.changes$.pipe(takeUntilDestroyed()).subscribe((id) => {
      // What waits here for its files is the draft until it is sent.
      if (id !== this.conversationId() || this.isHeld(id)) return;
      this.receive(id);
    });
    this.hold.sent$.pipe(takeUntilDestroyed()).subscribe((sent) => {
      const isHere = sent.conversationId === this.conversationId();
      // Another tab may have written something else meanwhile.
      if (isHere && this.draft().trim() === sent.text) this.receive(sent.conversationId);
    });
  }

  send(content: string, attachments: readonly Attachment[]): boolean {
    const id = this.conversationId();
    const text = content.trim();
    if (id === null || codePointLength(text) > LIMITS.messageMaxLength) return false;
    if (text === '' && attachments.length === 0) return false;
    this.outbox.addMessage(id, text, attachments);
    this.draft.set('');
    return true;
  }

  retry(clientId: string): void {
    this.outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.outbox.remove(clientId);
  }

  /** The server has these: they need not be sent any more. */
  settle(messages: readonly Message[], viewerId: number): void {
    const stored = new Set(
      messages
        .filter(({ sender }) => sender.id === viewerId)
        .map((message) => message.client_message_id?.toLowerCase()),
    );
    for (const { clientId } of this.entries()) {
      if (stored.has(clientId.toLowerCase())) this.outbox.remove(clientId);
    }
  }

  private isHeld(id: number): boolean {
    return (this.hold.of(id)?.text ?? null) !== null;
  }

  private receive(id: number): void {
    this.received = { id, text: this.drafts.read(id) };
    this.draft.set(this.received.text);
  }

  /** What came from another tab is not written back: that one may have written on meanwhile. */
  private keep(text: string): void {
    const id = untracked(this.conversationId);
    if (id === null) return;
    if (id === this.received?.id && text === this.received.text) return;
    this.received = null;
    this.drafts.write(id, text);
  }

  /** A message that waits for its files and is being changed is not done: its writer sends it anew. */
  private releaseChanged(): void {
    const id = this.conversationId();
    const text = this.hold.of(id)?.text ?? null;
    if (id === null || text === null || text === this.draft().trim()) return;
    untracked(() => {
      this.hold.release(id);
    });
  }
}
