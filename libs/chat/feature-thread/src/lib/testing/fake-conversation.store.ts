import { Service, signal } from '@angular/core';
import type {
  Connection,
  ConnectionStatus,
  ConversationTarget,
  OutboxEntry,
  Presence,
  TimelineItem,
  Viewer,
} from '@support-chat/chat-data-access';
import type { Attachment, Conversation, Failure, Message } from '@support-chat/contracts';

export const MONA: Viewer = { id: 1, name: 'Mona', role: 'user' };
export const AMIR: Viewer = { id: 2, name: 'Amir', role: 'admin' };

export const FAILURE: Failure = {
  code: 'unavailable',
  status: 503,
  requestId: 'req-1',
  retryAfterSeconds: null,
  errors: [],
};

export function storedItem(seq: number, sender: Viewer, more: Partial<Message> = {}): TimelineItem {
  const message: Message = {
    id: seq,
    conversation_id: 1,
    seq,
    revision: seq,
    client_message_id: null,
    sender,
    content: `text ${seq}`,
    message_type: 'text',
    attachment: null,
    is_read: false,
    status: 'sent',
    created_at: new Date(2026, 10, 22, 9, seq).toISOString(),
    edited_at: null,
    deleted_at: null,
    ...more,
  };
  return { kind: 'message', key: `m${seq}`, message };
}

export function outgoingItem(clientId: string, more: Partial<OutboxEntry> = {}): TimelineItem {
  const entry: OutboxEntry = {
    clientId,
    conversationId: 1,
    content: `outgoing ${clientId}`,
    attachment: null,
    queuedAt: new Date(2026, 10, 22, 12).getTime(),
    state: 'sending',
    failure: null,
    ...more,
  };
  return { kind: 'outgoing', key: clientId, entry };
}

/** The public face of the conversation store, moved by the test's hand. */
@Service({ autoProvided: false })
export class FakeConversationStore {
  readonly viewer = signal<Viewer | null>(MONA);
  readonly status = signal<'idle' | 'loading' | 'ready' | 'failed'>('loading');
  readonly failure = signal<Failure | null>(null);
  readonly conversation = signal<Conversation | null>(null);
  readonly timeline = signal<readonly TimelineItem[]>([]);
  readonly firstUnreadSeq = signal<number | null>(null);
  readonly hasOlder = signal(false);
  readonly loadingOlder = signal(false);
  readonly olderFailure = signal<Failure | null>(null);
  readonly connection = signal<Connection>({ state: 'live', lastSyncedAt: null, failures: 0 });
  readonly connectionStatus = signal<ConnectionStatus>({ word: 'unknown', everySeconds: 3 });
  readonly presence = signal<Presence | null>(null);
  readonly typing = signal<readonly string[]>([]);
  readonly draft = signal('');
  /** What was asked of the store, in order. */
  readonly calls: string[] = [];

  open(target: ConversationTarget): void {
    this.calls.push(`open ${target}`);
  }

  reload(): void {
    this.calls.push('reload');
  }

  loadOlder(): void {
    this.calls.push('loadOlder');
  }

  send(content: string, attachments: readonly Attachment[]): boolean {
    this.calls.push(['send', content, ...attachments.map(({ name }) => name)].join(' '));
    return true;
  }

  type(): void {
    this.calls.push('type');
  }

  retry(clientId: string): void {
    this.calls.push(`retry ${clientId}`);
  }

  discard(clientId: string): void {
    this.calls.push(`discard ${clientId}`);
  }

  markRead(): void {
    this.calls.push('markRead');
  }
}
