import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES, type Conversation, type Message } from '@support-chat/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { NewsBus } from '../src/platform/bus/news-bus';
import { WRITER_TELLS } from '../src/platform/bus/writer-tells';
import { ApiProcess } from './support/api-process';
import { eventually } from './support/eventually';
import { createTestApp, TEST_JWT_SECRET, type Person, type TestApp } from './support/test-app';

/** A roll call each 2 s, and a busy machine. */
const NOTICE_MS = 8_000;

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
});
