import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIND_UNTOLD } from '../src/notifications/sweep/sweep.statements';
import { eventually } from './support/eventually';
import { NoticeStage } from './support/notice-stage';

describe('the sweep for unread messages', () => {
  let stage: NoticeStage;

  beforeAll(async () => {
    stage = await NoticeStage.start();
  });
  afterAll(async () => stage.close());

  it('reads what is recent, however many conversations there are', async () => {
    const client = await stage.test.outside.connect();
    try {
      await client.query('BEGIN');
      await client.query(`
        WITH people AS (
          INSERT INTO auth_user (email, name, role, password_hash)
          SELECT n || '@crowd.test', 'x', 'user', 'x' FROM generate_series(1, 5000) n RETURNING id
        )
        INSERT INTO chat_conversations (user_id, message_count, last_message_at)
        SELECT id, 1, now() - id * interval '1 hour' FROM people`);
      await client.query('ANALYZE chat_conversations');
      await client.query('SET LOCAL plan_cache_mode = force_generic_plan');
      await client.query(`PREPARE sweeping AS ${FIND_UNTOLD.text}`);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN EXECUTE sweeping (now(), '{push,mail}', 1000)`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('chat_conversations_with_messages');
      expect(plan).not.toContain('Seq Scan on chat_conversations');
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });

  it('is told by the health when it fails', async () => {
    const health = async (): Promise<string> =>
      (await stage.test.request({ method: 'GET', path: '/health/ready' })).text;
    expect(await health()).not.toContain('degraded');
    await stage.test.dataSource.query('ALTER TABLE notification_sweep RENAME TO elsewhere');
    await eventually(async () => {
      expect(await health()).toMatch(/"jobs":\{"status":"degraded"/);
    }, 10_000);
  });
});

describe('the delay before somebody is told', () => {
  const DELAY_SECONDS = 4;
  let stage: NoticeStage;

  beforeAll(async () => {
    stage = await NoticeStage.start({ pushDelaySeconds: DELAY_SECONDS });
  });
  afterAll(async () => stage.close());

  it('is that of each message, also when one before it was read meanwhile', async () => {
    const [admin, student] = [await stage.test.person('admin'), await stage.test.person()];
    const device = await stage.deviceOf(student);
    const id = await stage.conversationOf(student);
    const first = await stage.send(admin, id);
    const dueAt = new Date(first.created_at).getTime() + DELAY_SECONDS * 1_000;
    await eventually(async () => {
      expect(await stage.noticesWaiting(id)).toBe(1);
    }, 10_000);
    await stage.read(student, id);
    await eventually(() => {
      expect(Date.now()).toBeGreaterThan(dueAt - 500);
    }, 10_000);
    const second = await stage.send(admin, id);
    await eventually(() => {
      expect(stage.push.receivedBy(device)).toHaveLength(1);
    }, 20_000);
    const [push] = stage.push.receivedBy(device);
    expect(push?.payload.notification.data.seq).toBe(second.seq);
    const waited = (push?.at ?? 0) - new Date(second.created_at).getTime();
    expect(waited).toBeGreaterThanOrEqual(DELAY_SECONDS * 1_000);
  }, 60_000);
});
