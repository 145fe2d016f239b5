import type { Attachment, MessageType } from '@support-chat/contracts';
import { WRITER_TELLS } from '../../platform/bus/writer-tells';
import type { Statement } from '../../platform/database/database';
import { messageColumns, type MessageRow } from './message.row';

/** The message of one sender with a client message id, found by `chat_messages_client_id_key`. */
export function hasClientId(conversation: string, sender: string, clientId: string): string {
  return `m.conversation_id = ${conversation} AND m.sender_id = ${sender}
    AND m.client_message_id = ${clientId}::uuid
    AND uuid_hash_extended(m.client_message_id, m.sender_id)
      = uuid_hash_extended(${clientId}::uuid, ${sender})`;
}

/** Where the two ways to send a message differ. */
interface SendParts {
  name: string;
  /** The message's type. */
  type: string;
  file?: FileParts;
}

/** What is added for an attachment. */
interface FileParts {
  /** Parts of the statement that find it, and that bind it to the message. */
  find: string;
  bind: string;
  /** What the message carries of it. */
  value: string;
}

/**
 * Sends a message: one statement, so one round trip and one commit. Under the conversation's row
 * lock it takes the next revision and seq, raises the other side's unread count, reopens the
 * conversation and inserts the message. The caller tells the news.
 *
 * $1 conversation, $2 sender, $3 whether an admin sends, $4 client message id or null, $5 content.
 * No row: the client message id is known already, or the conversation is gone. A rival
 * with the same id hits `chat_messages_client_id_key`; reopening while its user has another active
 * conversation hits `chat_conversations_one_active`.
 */
function sendStatement({ name, type, file }: SendParts): Statement {
  return {
    name,
    text: `WITH ${file ? `file AS (${file.find}),` : ''} locked AS MATERIALIZED (
      SELECT c.id, c.is_active FROM chat_conversations c WHERE c.id = $1 FOR NO KEY UPDATE
    ), conversation AS (
      UPDATE chat_conversations c SET
        revision = c.revision + 1,
        message_count = c.message_count + 1,
        user_unread_count = c.user_unread_count + $3::boolean::int,
        admin_unread_count = c.admin_unread_count + (NOT $3::boolean)::int,
        is_active = true,
        last_message_at = greatest(c.last_message_at, clock_timestamp()::timestamptz(3))
      FROM locked
      WHERE c.id = locked.id ${file ? 'AND EXISTS (SELECT FROM file)' : ''} AND ${WRITER_TELLS} AND ($4::uuid IS NULL OR NOT EXISTS (
        SELECT FROM chat_messages m WHERE ${hasClientId('$1', '$2', '$4')}))
      RETURNING c.id, c.revision, c.message_count, c.last_message_at, c.admin_unread_count,
        NOT locked.is_active AS is_reopened
    ), message AS (
      INSERT INTO chat_messages (conversation_id, sender_id, from_admin, client_message_id, content,
        message_type, seq, revision, created_at${file ? ', attachment' : ''})
      SELECT id, $2, $3, $4::uuid, $5, ${type}, message_count, revision, last_message_at${file ? `, ${file.value}` : ''}
      FROM conversation
      RETURNING id, seq, revision, created_at${file ? ', message_type, attachment' : ''}
    )${file ? `, bound AS (${file.bind})` : ''}
    SELECT message.*, conversation.admin_unread_count, conversation.is_reopened
    FROM message, conversation`,
  };
}

/** $6 type */
export const SEND_MESSAGE = sendStatement({ name: 'message-send', type: '$6' });

/**
 * Binds an attachment as well: one that the sender has uploaded to this conversation and not sent
 * yet; where there is none such, no row either. It decides the type. $6 attachment
 */
export const SEND_ATTACHMENT = sendStatement({
  name: 'message-send-attachment',
  type: '(SELECT type FROM file)',
  file: {
    find: `
      SELECT CASE WHEN a.width IS NULL THEN 'file' ELSE 'image' END AS type,
        jsonb_build_object('id', a.id, 'name', a.name, 'media_type', a.media_type, 'size', a.size,
          'width', a.width, 'height', a.height, 'has_thumbnail', a.thumbnail_size IS NOT NULL)
          AS attachment
      FROM chat_attachments a
      WHERE a.id = $6 AND a.conversation_id = $1 AND a.uploader_id = $2 AND a.message_id IS NULL
      FOR UPDATE`,
    value: '(SELECT attachment FROM file)',
    bind: `
      UPDATE chat_attachments a SET message_id = message.id FROM message WHERE a.id = $6`,
  },
});

/** $1 attachment, $2 uploader, $3 conversation */
export const ATTACHMENT_STATE: Statement = {
  name: 'attachment-state',
  text: `SELECT message_id IS NOT NULL AS is_sent FROM chat_attachments
    WHERE id = $1 AND uploader_id = $2 AND conversation_id = $3`,
};

export interface SentRow {
  id: number;
  seq: number;
  revision: number;
  created_at: Date;
  /** Only with an attachment. */
  message_type?: MessageType;
  attachment?: Attachment;
  admin_unread_count: number;
  is_reopened: boolean;
}

const MESSAGES = `chat_messages m
  JOIN chat_conversations c ON c.id = m.conversation_id
  JOIN auth_user s ON s.id = m.sender_id`;

/** $1 conversation, $2 sender, $3 client message id */
export const MESSAGE_BY_CLIENT_ID: Statement = {
  name: 'message-by-client-id',
  text: `SELECT ${messageColumns('m', 's', 'c')} FROM ${MESSAGES}
    WHERE ${hasClientId('$1', '$2', '$3')}`,
};

/**
 * $1 conversation, $2 seq, $3 how many; those before the seq, newest first. As seq is dense they
 * are a range; with a bound LIMIT PostgreSQL would plan anew each time.
 */
export const MESSAGES_BEFORE: Statement = {
  name: 'messages-before',
  text: `SELECT ${messageColumns('m', 's', 'c')}
    FROM chat_conversations c
    JOIN chat_messages m ON m.conversation_id = c.id
      AND m.seq < least($2::bigint, c.message_count + 1)
      AND m.seq >= least($2::bigint, c.message_count + 1) - $3
    JOIN auth_user s ON s.id = m.sender_id
    WHERE c.id = $1 ORDER BY m.seq DESC`,
};

/**
 * A numbered page in one round trip; seq is dense, so any page is a range of the index.
 * $1 conversation, $2 page, from 1, $3 page size; newest first. One row without a message (its id
 * is null) for an empty page.
 */
export const MESSAGE_PAGE: Statement = {
  name: 'messages-page',
  text: `SELECT c.message_count, page.*
    FROM chat_conversations c
    LEFT JOIN LATERAL (
      SELECT ${messageColumns('m', 's', 'c')}
      FROM chat_messages m JOIN auth_user s ON s.id = m.sender_id
      WHERE m.conversation_id = c.id
        AND m.seq <= c.message_count - ($2::bigint - 1) * $3
        AND m.seq > c.message_count - $2::bigint * $3
      ORDER BY m.seq DESC
    ) page ON true
    WHERE c.id = $1 ORDER BY page.seq DESC`,
};

export type MessagePageRow = { message_count: number } & (MessageRow | { id: null });
