import type { DataSource, EntityManager } from 'typeorm';
import { DEMO_LOCK } from './load-demo-data';

export interface DemoRemoval {
  /** How many accounts are gone, with their conversations. */
  removed: number;
  /**
   * Names of the accounts that are only disabled: they share a conversation with real people, and
   * what those wrote stays as it was.
   */
  kept: string[];
  /** Whether an administrator is left who can sign in. */
  hasAdmin: boolean;
}

/** Conversations in which nobody but the demo's people ever wrote. */
const DEMO_ONLY = `
  c.user_id IN (SELECT id FROM auth_user WHERE is_demo) AND NOT EXISTS (
    SELECT FROM chat_messages m JOIN auth_user s ON s.id = m.sender_id
    WHERE m.conversation_id = c.id AND NOT s.is_demo)`;

/** Demo accounts on which a remaining conversation, message or receipt hangs. */
const NEEDED = `
  u.is_demo AND (
    EXISTS (SELECT FROM chat_conversations c WHERE c.user_id = u.id)
    OR EXISTS (SELECT FROM chat_messages m WHERE m.sender_id = u.id)
    OR u.id IN (SELECT user_id FROM chat_message_read_status))`;

/** Takes the demo's people away with all that hangs on them, and nothing else; all or nothing. */
export async function removeDemoData(dataSource: DataSource): Promise<DemoRemoval> {
  return dataSource.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [DEMO_LOCK]);
    await keepOthersOut(manager);
    // A change is news to every running instance; a deletion alone would not be.
    await manager.query(
      `UPDATE chat_conversations c SET revision = revision + 1 WHERE ${DEMO_ONLY}`,
    );
    await manager.query(`DELETE FROM chat_conversations c WHERE ${DEMO_ONLY}`);
    const kept = await disableNeeded(manager);
    const [, removed] = await manager.query<[unknown, number]>(
      'DELETE FROM auth_user WHERE is_demo AND id <> ALL ($1::bigint[])',
      [kept.map(({ id }) => id)],
    );
    const admins = await manager.query<object[]>(
      `SELECT FROM auth_user WHERE role = 'admin' AND is_active LIMIT 1`,
    );
    return { removed, kept: kept.map(({ name }) => name), hasAdmin: admins.length > 0 };
  });
}

/** Waits for messages on their way into the demo's conversations, or from its people. */
async function keepOthersOut(manager: EntityManager): Promise<void> {
  await manager.query(
    `SELECT FROM chat_conversations
     WHERE user_id IN (SELECT id FROM auth_user WHERE is_demo) FOR UPDATE`,
  );
  await manager.query('SELECT FROM auth_user WHERE is_demo FOR UPDATE');
}

async function disableNeeded(manager: EntityManager): Promise<{ id: number; name: string }[]> {
  const kept = await manager.query<{ id: number; name: string }[]>(
    `SELECT u.id, u.name FROM auth_user u WHERE ${NEEDED} ORDER BY u.name`,
  );
  const ids = [kept.map(({ id }) => id)];
  await manager.query('UPDATE auth_user SET is_active = false WHERE id = ANY ($1::bigint[])', ids);
  await manager.query(
    `UPDATE auth_refresh_token SET revoked_at = now()
     WHERE user_id = ANY ($1::bigint[]) AND revoked_at IS NULL`,
    ids,
  );
  return kept;
}
