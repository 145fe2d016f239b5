import type { MessageView } from '@support-chat/ui';

/** One line of the thread as it is drawn; `key` is stable, so lists tracked by it keep their elements. */
export type ThreadRow =
  | { kind: 'day'; key: string; at: string }
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
  | { kind: 'message'; key: string; seq: number | null; view: MessageView };

export type MessageRow = Extract<ThreadRow, { kind: 'message' }>;
