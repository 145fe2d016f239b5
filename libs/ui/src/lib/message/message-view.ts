import type { Attachment, MessageStatus } from '@support-chat/contracts';

/** Where a message is on its way; the first and the last are known to this browser alone. */
export type MessageState = 'sending' | MessageStatus | 'failed';

/** One message as it is to be shown: all decisions taken, nothing left but drawing. */
export interface MessageView {
  /** Stays the same from writing to delivery, so that the row is never drawn anew. */
  key: string;
  text: string;
  /** Drawn by whoever uses the bubble, in its place for one. */
  attachment: Attachment | null;
  authorName: string;
  /** Mine, a colleague's on my side, or the other side's. */
  side: 'own' | 'team' | 'other';
  /** RFC 3339. */
  at: string;
  /** Only own messages have one. */
  state: MessageState | null;
  /** How much of the state is drawn; its words are there for screen readers in any case. */
  shownState: 'nothing' | 'icon' | 'words';
  /** Human words for a failure. */
  failure: string | null;
  isDeleted: boolean;
  isEdited: boolean;
  startsGroup: boolean;
  endsGroup: boolean;
}
