import type { MessageView } from '@support-chat/ui';

/** One line of the thread as it is drawn; `key` is stable, so lists tracked by it keep their elements. */
export type ThreadRow =
  | { kind: 'unread'; key: string }
  /** Who wrote what follows, and when. */
  | {
      kind: 'author';
      key: string;
      name: string;
      side: MessageView['side'];
      at: string;
      seed: number;
    }
  | { kind: 'system'; key: string; text: string; at: string }
  | {
      kind: 'message';
      key: string;
      /** Null until the server has it. */
      seq: number | null;
      /** Names it in the outbox; null once the server has it. */
      clientId: string | null;
      view: MessageView;
    };

export type MessageRow = Extract<ThreadRow, { kind: 'message' }>;

/** The lines of one calendar day of the viewer. */
export interface ThreadDay {
  key: string;
  /** RFC 3339, of its first message. */
  at: string;
  rows: ThreadRow[];
}
