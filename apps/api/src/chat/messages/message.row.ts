import type { Attachment, Message, MessageStatus, MessageType } from '@support-chat/contracts';

/** Columns of a message and its sender, as `messageColumns` selects them. */
export interface MessageRow {
  id: number;
  conversation_id: number;
  seq: number;
  revision: number;
  client_message_id: string | null;
  sender_id: number;
  sender_name: string;
  from_admin: boolean;
  content: string;
  message_type: MessageType;
  attachment: Attachment | null;
  is_read: boolean;
  is_delivered: boolean;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
}

/** The same columns with a prefix. */
export type PrefixedMessageRow<P extends string> = {
  [K in keyof MessageRow as `${P}${K}`]: MessageRow[K];
};

/**
 * The select list for a message.
 * @param message alias of `chat_messages`
 * @param sender alias of `auth_user`
 * @param conversation alias of `chat_conversations`
 * @param prefix put before each column's name
 */
export function messageColumns(
  message: string,
  sender: string,
  conversation: string,
  prefix = '',
): string {
  const column = (expression: string, name: string): string => `${expression} AS ${prefix}${name}`;
  const plain = [
    'id',
    'conversation_id',
    'seq',
    'revision',
    'client_message_id',
    'sender_id',
    'from_admin',
    'content',
    'message_type',
    'attachment',
    'is_read',
    'created_at',
    'edited_at',
    'deleted_at',
  ].map((name) => column(`${message}.${name}`, name));
  const delivered = `${message}.seq <= CASE WHEN ${message}.from_admin
    THEN ${conversation}.user_delivered_seq ELSE ${conversation}.admin_delivered_seq END`;
  return [
    ...plain,
    column(`${sender}.name`, 'sender_name'),
    column(delivered, 'is_delivered'),
  ].join(', ');
}

/** The message in a row that has its columns with a prefix. */
export function messageOf<P extends string>(row: PrefixedMessageRow<P>, prefix: P): MessageRow {
  const columns = Object.entries(row)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value]);
  return Object.fromEntries(columns) as MessageRow;
}

/** A message as the wire has it. */
export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversation_id: row.conversation_id,
    seq: row.seq,
    revision: row.revision,
    client_message_id: row.client_message_id,
    sender: {
      id: row.sender_id,
      name: row.sender_name,
      role: row.from_admin ? 'admin' : 'user',
    },
    content: row.content,
    message_type: row.message_type,
    attachment: row.attachment,
    is_read: row.is_read,
    status: statusOf(row),
    created_at: row.created_at.toISOString(),
    edited_at: row.edited_at?.toISOString() ?? null,
    deleted_at: row.deleted_at?.toISOString() ?? null,
  };
}

function statusOf(row: MessageRow): MessageStatus {
  if (row.is_read) return 'read';
  return row.is_delivered ? 'delivered' : 'sent';
}
