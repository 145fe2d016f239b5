import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Less to keep up with each message: nothing looks messages up by their sender but the deletion of
 * an account, and the key that makes a retry harmless holds 64 bits of sender and client message id
 * in place of all 192.
 */
export class SlimMessageIndexes1763800005000 implements MigrationInterface {
  readonly name = 'SlimMessageIndexes1763800005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX chat_messages_sender`);
    await runner.query(`DROP INDEX chat_messages_client_id_key`);
    // The hash is the one that PostgreSQL partitions tables by, so it stays what it is.
    await runner.query(`
      CREATE UNIQUE INDEX chat_messages_client_id_key
        ON chat_messages (conversation_id, uuid_hash_extended(client_message_id, sender_id))
        WHERE client_message_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX chat_messages_client_id_key`);
    await runner.query(`
      CREATE UNIQUE INDEX chat_messages_client_id_key
        ON chat_messages (conversation_id, sender_id, client_message_id)
        WHERE client_message_id IS NOT NULL`);
    await runner.query(`CREATE INDEX chat_messages_sender ON chat_messages (sender_id)`);
  }
}
