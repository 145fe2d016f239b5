import { API_ROUTES, type MarkedRead } from '@support-chat/contracts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { eventually } from '../support/eventually';
import type { DrillApi } from './support/drill-api';
import type { DrillDatabase } from './support/drill-database';
import { showFigures } from './support/figures';
import { run } from './support/run-sql';
import { scaled } from './support/scale';
import type { SendingLoad, Writer } from './support/sending-load';
import { Stage } from './support/stage';
import { allStored, compareWithTable } from './support/stored';

const TERMINATIONS = scaled(50, 10);
const SENDS = scaled(10_000, 1_000);
const DEADLOCKS = scaled(20, 3);
const WRITERS = 16;

const API_BACKENDS = `FROM pg_stat_activity WHERE application_name LIKE 'support-chat%'`;
const TERMINATE_API = `SELECT pg_terminate_backend(pid) ${API_BACKENDS}`;

/** Every fiftieth message meets a deadlock, and every fiftieth a serialisation failure. */
const FAILING_COMMITS = `
  CREATE SEQUENCE fate;
  CREATE FUNCTION fail_sometimes() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE n bigint := nextval('fate');
  BEGIN
    IF n % 50 = 0 THEN RAISE EXCEPTION 'drill' USING ERRCODE = '40P01'; END IF;
    IF n % 50 = 25 THEN RAISE EXCEPTION 'drill' USING ERRCODE = '40001'; END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER fail_sometimes AFTER INSERT ON chat_messages
    FOR EACH ROW EXECUTE FUNCTION fail_sometimes();`;

describe('a database that refuses, under load', () => {
  const stage = new Stage();
  let database: DrillDatabase;
  let api: DrillApi;
  let load: SendingLoad;

  beforeEach(async () => {
    database = await stage.ownDatabase();
    api = await stage.api(database.url);
    load = stage.load(await api.students(WRITERS));
    await load.reaches(50);
  });

  /** Nothing but 503 was said, nothing was lost, and the process never stopped or complained of itself. */
  async function expectOnly503(): Promise<void> {
    await load.stop();
    for (const answer of load.unknown.keys()) expect(answer).toMatch(/^503 /);
    expect(load.unknowns).toBeGreaterThan(0);
    const difference = await compareWithTable(database.url, load.acknowledged);
    expect(difference).toEqual(allStored(load.acknowledged));
    expect(api.current.hasEnded).toBe(false);
    expect(api.current.said).not.toMatch(/unhandled|uncaught/i);
  }

  it(`R29 57P01, its backends terminated ${TERMINATIONS} times: 503 only`, async () => {
    let terminated = 0;
    for (let n = 1; n <= TERMINATIONS; n += 1) {
      terminated += (await run(database.url, TERMINATE_API)).length;
      await load.reaches(load.acknowledged.length + 20);
    }
    await expectOnly503();
    showFigures('R29 57P01', {
      'backends terminated': terminated,
      'answers 503': load.unknowns,
      acknowledged: load.acknowledged.length,
    });
  });

  it('R29 53300, no connection left: 503 only', async () => {
    const taken: Client[] = [];
    try {
      await eventually(async () => {
        await (taken[0] ? taken[0].query(TERMINATE_API) : run(database.url, TERMINATE_API));
        await takeConnections(database.url, taken);
        expect((await taken[0]?.query(`SELECT ${API_BACKENDS}`))?.rowCount).toBe(0);
      }, 20_000);
      const before = load.unknowns;
      await eventually(() => {
        expect(load.unknowns).toBeGreaterThan(before + WRITERS);
      }, 60_000);
    } finally {
      await Promise.all(taken.map(async (client) => client.end()));
    }
    await load.reaches(load.acknowledged.length + 50);
    await expectOnly503();
    showFigures('R29 53300', {
      'connections taken': taken.length,
      'answers 503': load.unknowns,
      acknowledged: load.acknowledged.length,
    });
  });

  it('R29 25006, a standby that only reads: reads go on, writes get 503 only', async () => {
    const [{ by, conversationId }] = (await api.students(1)) as [Writer];
    const readOnly = async (value: 'on' | 'off'): Promise<void> => {
      await run(
        database.url,
        `BEGIN READ WRITE; ALTER DATABASE support_chat SET default_transaction_read_only = ${value}; COMMIT`,
      );
      await run(database.url, TERMINATE_API);
    };
    await readOnly('on');
    await eventually(async () => {
      expect((await by.send(conversationId, 'x')).status).toBe(503);
      expect((await by.get(API_ROUTES.conversation(conversationId))).status).toBe(200);
    });
    const before = load.unknowns;
    await eventually(() => {
      expect(load.unknowns).toBeGreaterThan(before + WRITERS);
    }, 60_000);
    await readOnly('off');
    await load.reaches(load.acknowledged.length + 50);
    await expectOnly503();
    showFigures('R29 25006', {
      'answers 503': load.unknowns,
      acknowledged: load.acknowledged.length,
    });
  });

  it(`R30 40P01 and 40001, met by every 25th of ${SENDS} sends and ${DEADLOCKS} real ones: nobody notices`, async () => {
    await run(database.url, FAILING_COMMITS);
    const admin = await api.admin();
    for (let n = 0; n < DEADLOCKS;) {
      const [{ by, conversationId }] = (await api.students(1)) as [Writer];
      const { body: message } = await by.send(conversationId, 'x');
      load.acknowledged.push(message);
      const { outcome: read, isMet } = await deadlock(
        database.superuserUrl,
        message.id,
        conversationId,
        async () => admin.post<MarkedRead>(API_ROUTES.markConversationRead(conversationId)),
      );
      expect([read.status, read.body]).toEqual([200, { marked_read: 1 }]);
      if (isMet) n += 1;
    }
    await load.reaches(SENDS);
    await load.stop();
    const [{ faults }] = (await run<{ faults: string }>(
      database.url,
      'SELECT last_value / 25 AS faults FROM fate',
    )) as [{ faults: string }];
    const difference = await compareWithTable(database.url, load.acknowledged);
    showFigures('R30', {
      acknowledged: load.acknowledged.length,
      'faults met': Number(faults),
      'real deadlocks': DEADLOCKS,
      'answers 5xx': load.unknowns,
      ...difference,
    });
    expect(load.unknowns).toBe(0);
    expect(Number(faults)).toBeGreaterThan(20);
    expect(difference).toEqual(allStored(load.acknowledged));
  });
});

/** Opens connections until the server has no more. */
async function takeConnections(databaseUrl: string, taken: Client[]): Promise<void> {
  for (;;) {
    const client = new Client({ connectionString: databaseUrl });
    try {
      await client.connect();
    } catch (error) {
      expect(error).toMatchObject({ code: '53300' });
      return;
    }
    taken.push(client);
  }
}

/**
 * Makes a call wait for the row of a message while it holds that of the conversation, and closes
 * the circle before the call looks for a deadlock: so it is the call that PostgreSQL gives up. On a
 * machine too busy for that the circle stays open, and the deadlock is not met.
 */
async function deadlock<T>(
  superuserUrl: string,
  messageId: number,
  conversationId: number,
  call: () => Promise<T>,
): Promise<{ outcome: T; isMet: boolean }> {
  const rival = new Client({ connectionString: superuserUrl });
  await rival.connect();
  try {
    await rival.query(`SET deadlock_timeout = '1min'`);
    await rival.query('BEGIN');
    await rival.query('SELECT FROM chat_messages WHERE id = $1 FOR UPDATE', [messageId]);
    const since = performance.now();
    const calling = call();
    await eventually(async () => {
      expect((await rival.query(BLOCKED_BY_ME)).rowCount).toBe(1);
    });
    const isMet = performance.now() - since < LOOKED_FOR_AFTER_MS / 2;
    if (isMet) await rival.query(LOCK_CONVERSATION, [conversationId]);
    await rival.query('COMMIT');
    return { outcome: await calling, isMet };
  } finally {
    await rival.end();
  }
}

/** PostgreSQL's `deadlock_timeout`. */
const LOOKED_FOR_AFTER_MS = 1_000;
const LOCK_CONVERSATION = 'SELECT FROM chat_conversations WHERE id = $1 FOR UPDATE';
const BLOCKED_BY_ME =
  'SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))';
