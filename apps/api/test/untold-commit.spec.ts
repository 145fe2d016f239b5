import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES, type Conversation, type Message } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { NewsBus } from '../src/platform/bus/news-bus';
import { WRITER_TELLS } from '../src/platform/bus/writer-tells';
import { ApiProcess } from './support/api-process';
import { eventually } from './support/eventually';
import { createTestApp, TEST_JWT_SECRET, type Person, type TestApp } from './support/test-app';

/** A roll call each 2 s, and a busy machine. */
const NOTICE_MS = 8_000;
/** Longer than the link is waited for, and than the doubt after that. */
const COMMIT_SECONDS = 18;

describe('a commit that its process could not tell', () => {
  let one: TestApp;
  let other: ApiProcess;
  let student: Person;
  let id: number;

  beforeAll(async () => {
    one = await createTestApp();
    other = await ApiProcess.start({
      DATABASE_URL: one.databaseUrl,
      JWT_SECRET: TEST_JWT_SECRET,
      LOG_LEVEL: 'warn',
    });
    await other.origin();
    student = await one.person();
    id = (await student.get<Conversation>(API_ROUTES.myConversation)).body.id;
  });
  afterAll(async () => {
    other.kill('SIGCONT');
    await other.dispose();
    await one.close();
  });

  const poll = async (after: number): Promise<number> =>
    (await student.get(`${API_ROUTES.updates(id)}?after=${after}`)).status;

  it('R03 is seen by the others soon after that process was killed', async () => {
    const isFresh = (): void => {
      expect(one.app.get(NewsBus).isFresh).toBe(true);
    };
    await eventually(isFresh, NOTICE_MS);
    const { revision } = (await student.post<Message>(API_ROUTES.messages(id), { content: 'x' }))
      .body;
    expect([await poll(revision), await poll(revision)]).toEqual([204, 204]);
    // As if the other process had written it and come no further.
    await one.outside.query(
      `UPDATE chat_conversations SET revision = revision + 1 WHERE id = $1 AND ${WRITER_TELLS}`,
      [id],
    );
    await delay(500);
    // Nobody has told: this is the memory that must not last.
    expect(await poll(revision)).toBe(204);
    other.kill('SIGKILL');
    await eventually(async () => {
      expect(await poll(revision)).toBe(200);
    }, NOTICE_MS);
    await eventually(isFresh, NOTICE_MS);
  });

  it('R03 is seen while that process hangs', async () => {
    await other.dispose();
    other = await ApiProcess.start({
      DATABASE_URL: one.databaseUrl,
      JWT_SECRET: TEST_JWT_SECRET,
      LOG_LEVEL: 'warn',
    });
    await other.origin();
    await eventually(() => {
      expect(one.app.get(NewsBus).isFresh).toBe(true);
    }, NOTICE_MS);
    other.kill('SIGSTOP');
    const sent = await student.post<Message>(API_ROUTES.messages(id), { content: 'x' });
    expect(sent.status).toBe(201);
    await one.outside.query(
      `UPDATE chat_conversations SET revision = revision + 1 WHERE id = $1 AND ${WRITER_TELLS}`,
      [id],
    );
    await eventually(async () => {
      expect(await poll(sent.body.revision)).toBe(200);
    }, NOTICE_MS);
    expect(one.app.get(NewsBus).isFresh).toBe(false);
    other.kill('SIGCONT');
    await eventually(() => {
      expect(one.app.get(NewsBus).isFresh).toBe(true);
    }, NOTICE_MS);
  });

  it('R03 is seen when the commit outlasted its link, as one that waits for a standby', async () => {
    await one.outside.query(`
      CREATE FUNCTION slow_commit() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN PERFORM pg_sleep(${COMMIT_SECONDS}); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON chat_messages
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.content = 'slow') EXECUTE FUNCTION slow_commit()`);
    const { revision } = (await student.get<Conversation>(API_ROUTES.conversation(id))).body;
    const sent = await student.post(API_ROUTES.messages(id), { content: 'slow' });
    expect([sent.status, sent.body]).toMatchObject([503, { code: 'outcome_unknown' }]);
    // As people do: the answer that nothing is new is remembered, and the memory refilled.
    const isStored = async (): Promise<boolean> => {
      await poll(revision);
      const { body } = await student.get<Conversation>(API_ROUTES.conversation(id));
      return body.revision > revision;
    };
    await eventually(async () => {
      expect(await isStored()).toBe(true);
    }, COMMIT_SECONDS * 2_000);
    await eventually(async () => {
      expect(await poll(revision)).toBe(200);
    }, 2 * NOTICE_MS);
  }, 90_000);

  it('R03 is seen at once when its sender asks again', async () => {
    const draft = { content: 'once more', client_message_id: randomUUID() };
    const sent = await student.post<Message>(API_ROUTES.messages(id), draft);
    const { revision } = sent.body;
    expect(await poll(revision)).toBe(204);
    // As if it had been committed with nobody to tell of it, and the memory were of before.
    await one.outside.query(
      `UPDATE chat_messages SET revision = revision + 1 WHERE id = $1 AND ${WRITER_TELLS}`,
      [sent.body.id],
    );
    await one.outside.query(
      `UPDATE chat_conversations SET revision = revision + 1 WHERE id = $1 AND ${WRITER_TELLS}`,
      [id],
    );
    expect(await poll(revision)).toBe(204);
    const again = await student.post(API_ROUTES.messages(id), draft);
    expect(again.status).toBe(200);
    expect(await poll(revision)).toBe(200);
  });
});
