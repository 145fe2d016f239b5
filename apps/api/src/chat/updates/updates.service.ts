import { Injectable } from '@nestjs/common';
import { LIMITS, type Message, type Updates } from '@support-chat/contracts';
import { Database } from '../../platform/database/database';
import { ProblemError } from '../../platform/http/problem.error';
import type { Side } from '../access/conversation-access.policy';
import { toConversation, type ConversationRow } from '../conversations/conversation.row';
import { toMessage } from '../messages/message.row';
import { changedMessage, UPDATES, type UpdatesRow } from './updates.statements';

/** What changed in a conversation after a revision, for both sides. */
export interface Changes {
  conversation: ConversationRow;
  messages: Message[];
  from: number;
  revision: number;
  more: boolean;
}

/** Answers the one question of every client: what changed after this revision? */
@Injectable()
export class UpdatesService {
  constructor(private readonly database: Database) {}

  /**
   * What changed, cut to the limits of one body; without messages where nothing did.
   * Fails with `resync` when the client is ahead of the server, `not_found` when it is gone.
   */
  async since(conversationId: number, after: number): Promise<Changes> {
    // One more than a body holds tells whether there is more.
    const rows = await this.database.rows<UpdatesRow>(UPDATES, [
      conversationId,
      after,
      LIMITS.updatesMessagesMax + 1,
    ]);
    const [first] = rows;
    if (!first) throw ProblemError.notFound();
    if (after > first.revision) throw resync();
    const changed = rows.map(changedMessage).filter((row) => row !== null);
    const messages = cutToBody(changed.map(toMessage));
    const more = messages.length < changed.length;
    return {
      conversation: first,
      messages,
      from: after,
      revision: more ? (messages.at(-1)?.revision ?? after) : first.revision,
      more,
    };
  }
}

/** The body that polls and socket frames share, as one side sees it. */
export function toUpdates({ conversation, ...changes }: Changes, side: Side): Updates {
  return { conversation: toConversation(conversation, side), ...changes };
}

/** The client knows a revision that the server has never had: it must load afresh. */
function resync(): ProblemError {
  return new ProblemError('resync', 'This revision is not known here. Load the conversation anew.');
}

/** As many messages as one body may hold, at least one. */
function cutToBody(messages: Message[]): Message[] {
  let bytes = 0;
  const end = messages.findIndex((message, index) => {
    bytes += Buffer.byteLength(JSON.stringify(message)) + 1;
    return index >= LIMITS.updatesMessagesMax || (index > 0 && bytes > MESSAGES_BYTES_MAX);
  });
  return end === -1 ? messages : messages.slice(0, end);
}

/** The rest of the body, a conversation with its cut last message, stays below 8 KiB. */
const MESSAGES_BYTES_MAX = LIMITS.updatesBytesMax - 8 * 1024;
