import type { Message } from '@support-chat/contracts';
import { run } from './run-sql';

interface StoredRow {
  id: string;
  conversation_id: string;
  seq: string;
  content: string;
}

/** How the acknowledged messages and the table differ. */
export interface Difference {
  stored: number;
  /** Acknowledged, and not there with this id, place and text. */
  lost: number;
  /** There more often than acknowledged. */
  extra: number;
  /** Conversations whose numbers are not 1, 2, 3 …, or whose counts are not those of their rows. */
  uneven: number;
}

/** What `compareWithTable` gives when every acknowledged message is there once, and no other. */
export function allStored(acknowledged: readonly Message[]): Difference {
  return { stored: acknowledged.length, lost: 0, extra: 0, uneven: 0 };
}

/** Compares the log of acknowledgements with the table, by id, place and text. */
export async function compareWithTable(
  databaseUrl: string,
  acknowledged: readonly Message[],
): Promise<Difference> {
  const [rows, uneven] = await Promise.all([
    run<StoredRow>(databaseUrl, 'SELECT id, conversation_id, seq, content FROM chat_messages'),
    run(databaseUrl, UNEVEN),
  ]);
  const stored = new Map(rows.map((row) => [Number(row.id), row]));
  const lost = acknowledged.filter((message) => !isSame(message, stored.get(message.id)));
  return {
    stored: rows.length,
    lost: lost.length,
    extra: rows.length - new Set(acknowledged.map(({ id }) => id)).size,
    uneven: uneven.length,
  };
}

function isSame(message: Message, row: StoredRow | undefined): boolean {
  return (
    row?.content === message.content &&
    Number(row.conversation_id) === message.conversation_id &&
    Number(row.seq) === message.seq
  );
}

const UNEVEN = `SELECT c.id FROM chat_conversations c
  LEFT JOIN chat_messages m ON m.conversation_id = c.id GROUP BY c.id
  HAVING c.message_count <> count(m.id) OR c.message_count <> coalesce(max(m.seq), 0)
    OR count(DISTINCT m.seq) <> count(m.id) OR count(DISTINCT m.revision) <> count(m.id)
    OR c.revision < coalesce(max(m.revision), 0)
    OR c.user_unread_count <> count(m.id) FILTER (WHERE m.from_admin AND NOT m.is_read)
    OR c.admin_unread_count <> count(m.id) FILTER (WHERE NOT m.from_admin AND NOT m.is_read)`;
