import { Service, type Signal, type WritableSignal, signal } from '@angular/core';
import type { Conversation, Failure } from '@support-chat/contracts';
import type { Connection } from './connection';
import type { TimelineItem } from './timeline';
import type { Viewer } from './viewer';

/** Which conversation to open: one by its id, or the caller's own active one. */
export type ConversationTarget = number | 'mine';

/**
 * One open conversation, kept up to date while the store lives: provide it where the thread is.
 * Acts never throw; what fails shows in `failure`, `olderFailure` or in the outgoing message.
 */
@Service({ autoProvided: false })
export class ConversationStore {
  readonly viewer: Signal<Viewer | null> = signal(null);
  /** `failed` only when there is nothing to show; a lost connection shows in `connection`. */
  readonly status: Signal<'idle' | 'loading' | 'ready' | 'failed'> = signal('idle');
  readonly failure: Signal<Failure | null> = signal(null);
  readonly conversation: Signal<Conversation | null> = signal(null);
  /** Stored messages by `seq`, then those on their way; only gapless history is in it. */
  readonly timeline: Signal<readonly TimelineItem[]> = signal([]);
  /** The first message that was unread when the conversation was opened; for the "new" line. */
  readonly firstUnreadSeq: Signal<number | null> = signal(null);
  readonly hasOlder: Signal<boolean> = signal(false);
  readonly loadingOlder: Signal<boolean> = signal(false);
  readonly olderFailure: Signal<Failure | null> = signal(null);
  readonly connection: Signal<Connection> = signal({ state: 'connecting', lastSyncedAt: null });
  /** The unsent text of this conversation; what is set is remembered across reloads. */
  readonly draft: WritableSignal<string> = signal('');

  open(_target: ConversationTarget): void {}
  /** Loads afresh after a failure. */
  reload(): void {}
  loadOlder(): void {}
  /** Queues a text and empties the draft. False, and nothing changed, if it is empty or too long. */
  send(_content: string): boolean {
    return false;
  }
  retry(_clientId: string): void {}
  discard(_clientId: string): void {}
  /** Call when the newest message is in view and the page has focus; as often as you like. */
  markRead(): void {}
}
