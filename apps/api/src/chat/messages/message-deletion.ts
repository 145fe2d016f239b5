import type { Database } from '../../platform/database/database';
import { DELETE_MESSAGE, LOCK_CONVERSATION_OF } from './message-deletion.statements';

export type DeletionOutcome = 'deleted' | 'deleted-before' | 'absent';

/**
 * Takes away what a message says and its file, for everybody and for good; its place stays. Works in
 * any process: the database tells running servers of it.
 */
export async function deleteMessage(database: Database, id: number): Promise<DeletionOutcome> {
  return database.transaction(async (transaction) => {
    const locked = await transaction.rows(LOCK_CONVERSATION_OF, [id]);
    if (locked.length === 0) return 'absent';
    const deleted = await transaction.rows(DELETE_MESSAGE, [id]);
    return deleted.length > 0 ? 'deleted' : 'deleted-before';
  });
}
