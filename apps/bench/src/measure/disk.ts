import type { Client } from 'pg';

/** Bytes on disk for each message. */
export interface Disk {
  messages: number;
  /** Table and indexes of messages. */
  perMessage: number;
  /** Of that, the table alone. */
  rowOnly: number;
  /** What noting its reader adds. */
  perReadStatus: number;
  /** Mean length of the texts. */
  contentBytes: number;
}

export async function readDisk(client: Client): Promise<Disk> {
  const { rows } = await client.query<Disk>(`
    SELECT count(*)::float8 AS messages,
      pg_total_relation_size('chat_messages') / count(*)::float8 AS "perMessage",
      pg_table_size('chat_messages') / count(*)::float8 AS "rowOnly",
      pg_total_relation_size('chat_message_read_status')
        / (SELECT greatest(1, count(*)) FROM chat_message_read_status)::float8 AS "perReadStatus",
      avg(octet_length(content))::float8 AS "contentBytes"
    FROM chat_messages`);
  const [disk] = rows;
  if (!disk) throw new Error('The size of the database is unknown.');
  return disk;
}
