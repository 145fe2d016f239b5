import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The database itself sends the news, so that no writer can forget to: this API, another instance,
 * the command line or a repair by hand. Topics and their fields are those of `*.topic.ts`.
 */
export class SendNews1763800002000 implements MigrationInterface {
  readonly name = 'SendNews1763800002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION chat_conversation_news() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        is_relisted boolean := true;
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          is_relisted := OLD.is_active <> NEW.is_active
            OR (OLD.message_count = 0) <> (NEW.message_count = 0)
            OR (OLD.admin_unread_count = 0) <> (NEW.admin_unread_count = 0);
        END IF;
        PERFORM pg_notify('support_chat_news',
          '{"topic":"conversation","news":{"id":' || NEW.id || ',"user_id":' || NEW.user_id
          || ',"revision":' || NEW.revision || ',"is_relisted":' || is_relisted || '}}');
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER chat_conversation_created AFTER INSERT ON chat_conversations
        FOR EACH ROW EXECUTE FUNCTION chat_conversation_news()`);
    await runner.query(`
      CREATE TRIGGER chat_conversation_changed AFTER UPDATE ON chat_conversations
        FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION chat_conversation_news()`);
    await runner.query(`
      CREATE FUNCTION auth_user_news() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('support_chat_news', '{"topic":"user","news":{"id":' || OLD.id || '}}');
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER auth_user_changed AFTER UPDATE OR DELETE ON auth_user
        FOR EACH ROW EXECUTE FUNCTION auth_user_news()`);
    await runner.query(`
      CREATE FUNCTION auth_family_news() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('support_chat_news',
          '{"topic":"session","news":{"family":"' || NEW.family || '","user_id":' || NEW.user_id || '}}');
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER auth_family_revoked AFTER UPDATE OF revoked_at ON auth_refresh_token
        FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
        EXECUTE FUNCTION auth_family_news()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER auth_family_revoked ON auth_refresh_token`);
    await runner.query(`DROP FUNCTION auth_family_news()`);
    await runner.query(`DROP TRIGGER auth_user_changed ON auth_user`);
    await runner.query(`DROP FUNCTION auth_user_news()`);
    await runner.query(`DROP TRIGGER chat_conversation_changed ON chat_conversations`);
    await runner.query(`DROP TRIGGER chat_conversation_created ON chat_conversations`);
    await runner.query(`DROP FUNCTION chat_conversation_news()`);
  }
}
