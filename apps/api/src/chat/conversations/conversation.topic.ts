import { Topic } from '../../platform/bus/topic';

/** A conversation changed; told by its writer or by the database's trigger (migration `SendNews`). */
export interface ConversationNews {
  id: number;
  user_id: number;
  revision: number;
  /** It may now belong to other filtered lists than before: new, ended, reopened, first message, first unread, all read. */
  is_relisted: boolean;
}

export const CONVERSATION_NEWS = new Topic<ConversationNews>('conversation');
