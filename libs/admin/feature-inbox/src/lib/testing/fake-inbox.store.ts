import { Service, signal } from '@angular/core';
import { DEFAULT_FILTERS, type InboxFilters } from '@support-chat/admin-data-access';
import type { Connection, ConnectionStatus, Viewer } from '@support-chat/chat-data-access';
import type { Conversation, Failure, Message } from '@support-chat/contracts';

export const AMIR: Viewer = { id: 100, name: 'Amir', role: 'admin' };

export const FAILURE: Failure = {
  code: 'unavailable',
  status: 503,
  requestId: null,
  retryAfterSeconds: null,
  errors: [],
};

function messageFrom(conversationId: number, sender: Viewer): Message {
  return {
    id: conversationId,
    conversation_id: conversationId,
    seq: 1,
    revision: 1,
    client_message_id: null,
    sender,
    content: `hello ${conversationId}`,
    message_type: 'text',
    attachment: null,
    is_read: false,
    status: 'sent',
    created_at: '2026-11-22T09:00:00.000Z',
    edited_at: null,
    deleted_at: null,
  };
}

/** The conversation of student `id`, who wrote last unless `writer` did. */
export function conversation(
  id: number,
  more: Partial<Conversation> = {},
  writer?: Viewer,
): Conversation {
  const name = `Student ${id}`;
  return {
    id,
    user: { id, name, email: `student${id}@example.org` },
    is_active: true,
    created_at: '2026-11-20T09:00:00.000Z',
    last_message_at: '2026-11-22T09:00:00.000Z',
    last_message: messageFrom(id, writer ?? { id, name, role: 'user' }),
    message_count: 1,
    unread_count: 0,
    revision: 1,
    ...more,
  };
}

/** The public face of the inbox store, moved by the test's hand. */
@Service({ autoProvided: false })
export class FakeInboxStore {
  readonly filters = signal<InboxFilters>(DEFAULT_FILTERS);
  readonly status = signal<'loading' | 'ready' | 'failed'>('loading');
  readonly failure = signal<Failure | null>(null);
  readonly rows = signal<readonly Conversation[]>([]);
  readonly hasMore = signal(false);
  readonly loadingMore = signal(false);
  readonly moreFailure = signal<Failure | null>(null);
  readonly connection = signal<Connection>({ state: 'live', lastSyncedAt: null, failures: 0 });
  readonly connectionStatus = signal<ConnectionStatus>({ word: 'live', everySeconds: 3 });
  readonly heldUpdates = signal(0);
  readonly closeFailure = signal<Failure | null>(null);
  /** What was asked of the store, in order. */
  readonly calls: string[] = [];

  show(filters: InboxFilters): void {
    this.filters.set(filters);
    this.calls.push(`show ${JSON.stringify(filters)}`);
  }

  reload(): void {
    this.calls.push('reload');
  }

  loadMore(): void {
    this.calls.push('loadMore');
  }

  holdOrder(held: boolean): void {
    this.calls.push(`hold ${held}`);
  }

  showHeldUpdates(): void {
    this.calls.push('showHeldUpdates');
  }

  close(id: number): void {
    this.calls.push(`close ${id}`);
  }
}
