import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A transaction whose writer tells the news itself after the commit is not notified of (see
 * `WRITER_TELLS`). All others still are, so that nobody can forget to tell.
 */
export class QuietWrites1763800004000 implements MigrationInterface {
  readonly name = 'QuietWrites1763800004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE TRIGGER chat_conversation_changed AFTER UPDATE ON chat_conversations
        FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*
          AND current_setting('support_chat.writer_tells', true) IS DISTINCT FROM 'on')
        EXECUTE FUNCTION chat_conversation_news()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE TRIGGER chat_conversation_changed AFTER UPDATE ON chat_conversations
        FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION chat_conversation_news()`);
  }
}
