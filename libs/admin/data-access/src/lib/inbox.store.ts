import { Service, type Signal, signal } from '@angular/core';
import type { Connection } from '@support-chat/chat-data-access';
import type { Conversation, Failure } from '@support-chat/contracts';
import { DEFAULT_FILTERS, type InboxFilters } from './inbox-filters';

/**
 * The console's list of conversations, newest activity first, kept up to date while the store
 * lives: provide it where the list is. Acts never throw; what fails shows beside the rows, which
 * are kept.
 */
@Service({ autoProvided: false })
export class InboxStore {
  readonly filters: Signal<InboxFilters> = signal(DEFAULT_FILTERS);
  /** `failed` only when there are no rows to show. */
  readonly status: Signal<'loading' | 'ready' | 'failed'> = signal('loading');
  readonly failure: Signal<Failure | null> = signal(null);
  readonly rows: Signal<readonly Conversation[]> = signal([]);
  readonly hasMore: Signal<boolean> = signal(false);
  readonly loadingMore: Signal<boolean> = signal(false);
  readonly moreFailure: Signal<Failure | null> = signal(null);
  readonly connection: Signal<Connection> = signal({ state: 'connecting', lastSyncedAt: null });
  /** Rows that are new or would move, held back while the order is held. */
  readonly heldUpdates: Signal<number> = signal(0);
  /** Why the last attempt to end a conversation failed. */
  readonly closeFailure: Signal<Failure | null> = signal(null);

  /** Shows the list under these filters, from its top; starts the store. */
  show(_filters: InboxFilters): void {}
  /** Loads afresh after a failure. */
  reload(): void {}
  loadMore(): void {}
  /** True while the list has focus or pointer: rows change in place but none moves (ux-4). */
  holdOrder(_held: boolean): void {}
  /** Moves rows to where they belong now, though the order is held. */
  showHeldUpdates(): void {}
  /** Ends a conversation. */
  close(_conversationId: number): void {}
}
