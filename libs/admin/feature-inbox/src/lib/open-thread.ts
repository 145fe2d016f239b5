import type { Signal } from '@angular/core';
import type { Presence } from '@support-chat/chat-data-access';
import type { Conversation } from '@support-chat/contracts';

/** What the inbox needs of the thread that the console's routes put beside its list. */
export interface OpenThread {
  readonly conversationId: Signal<number | string | undefined>;
  /** Null until it is loaded. */
  readonly conversation: Signal<Conversation | null>;
  /** Null while nobody can tell. */
  readonly presence: Signal<Presence | null>;
}
