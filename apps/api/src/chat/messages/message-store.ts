import { Injectable } from '@nestjs/common';
import type { MessageType } from '@support-chat/contracts';
import { Batches } from '../../platform/database/batches';
import { Database } from '../../platform/database/database';
import { isDatabaseUnavailable, isRefusal, sqlState } from '../../platform/database/pg-errors';
import { ProblemError } from '../../platform/http/problem.error';
import { SEND_MESSAGES, type GroupedSentRow } from './message-group.statement';
import { SEND_ATTACHMENT, SEND_MESSAGE, type SentRow } from './message.statements';

export interface NewMessage {
  conversationId: number;
  senderId: number;
  isFromAdmin: boolean;
  clientMessageId: string | null;
  content: string;
  messageType: MessageType;
  attachmentId: number | null;
}

/** Enough to keep the database busy while this process prepares and answers. */
const LANES = 2;
const SIZE = 16;
/** SQLSTATE 55P03: a lock was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Writes messages, those of the same moment in one statement and so in one commit: all of them are
 * stored, or none. Only a message whose conversation is just being written to, or whose companions
 * were refused, goes by itself.
 */
@Injectable()
export class MessageStore {
  private readonly batches = new Batches<NewMessage, SentRow | undefined>({
    lanes: LANES,
    size: SIZE,
    keyOf: ({ conversationId }) => conversationId,
    run: async (messages) => this.storeTogether(messages),
    failsAll: (error) => error instanceof ProblemError && error.code === 'unavailable',
  });

  constructor(private readonly database: Database) {}

  /**
   * Gives nothing when the client message id is known already, or the conversation is gone. Fails as
   * `Database.write` does, and by the keys that `SEND_MESSAGE` names.
   */
  async store(message: NewMessage): Promise<SentRow | undefined> {
    if (message.attachmentId !== null) return this.storeAlone(message);
    return this.batches.add(message);
  }

  private async storeTogether(
    messages: NewMessage[],
  ): Promise<(SentRow | Promise<SentRow | undefined>)[]> {
    const stored = new Map<number, SentRow>();
    for (const row of await this.tryTogether(messages)) stored.set(row.conversation_id, row);
    return messages.map(
      (message) => stored.get(message.conversationId) ?? this.storeAlone(message),
    );
  }

  private async tryTogether(messages: NewMessage[]): Promise<GroupedSentRow[]> {
    try {
      return await this.database.write<GroupedSentRow>(SEND_MESSAGES, [
        messages.map(({ conversationId }) => conversationId),
        messages.map(({ senderId }) => senderId),
        messages.map(({ isFromAdmin }) => isFromAdmin),
        messages.map(({ clientMessageId }) => clientMessageId),
        messages.map(({ content }) => content),
        messages.map(({ messageType }) => messageType),
      ]);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (isDatabaseUnavailable(error) && sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
      // One of them broke a rule or waited in vain, and nothing was stored: alone each meets its own.
      return [];
    }
  }

  private async storeAlone(message: NewMessage): Promise<SentRow | undefined> {
    const statement = message.attachmentId === null ? SEND_MESSAGE : SEND_ATTACHMENT;
    const [row] = await this.database.write<SentRow>(statement, [
      message.conversationId,
      message.senderId,
      message.isFromAdmin,
      message.clientMessageId,
      message.content,
      message.attachmentId ?? message.messageType,
    ]);
    return row;
  }
}
