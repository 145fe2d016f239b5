import { describe, expect, it } from '@jest/globals';
import { showFigures } from './support/figures';
import { scaled } from './support/scale';
import { run } from './support/run-sql';
import { Stage } from './support/stage';
import { allStored, compareWithTable } from './support/stored';

const MESSAGES = scaled(20_000, 2_000);

/** Transactions of different lengths, so that they would overtake each other if they could. */
const SLOW_COMMITS = `
  CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(random() * 0.004); RETURN NULL; END $$;
  CREATE TRIGGER dawdle AFTER INSERT ON chat_messages FOR EACH ROW EXECUTE FUNCTION dawdle();`;

describe('many writers of one conversation', () => {
  const stage = new Stage();

  it(`R06 16 senders of 4 conversations, readers by revision: none of ${MESSAGES} missed, no gap`, async () => {
    const databaseUrl = await stage.database();
    const api = await stage.api(databaseUrl);
    const other = await stage.api(databaseUrl);
    await run(databaseUrl, SLOW_COMMITS);
    const students = await api.students(4);
    const admin = await api.admin();
    // Half of them on each instance, students and admins on both.
    const writers = students.flatMap(({ by, conversationId }) =>
      [by, by.at(other), admin, admin.at(other)].map((sender) => ({ by: sender, conversationId })),
    );
    const readers = students.flatMap(({ by, conversationId }) => [
      stage.reader(by, conversationId),
      stage.reader(admin.at(other), conversationId),
    ]);
    const load = stage.load(writers);
    await load.reaches(MESSAGES);
    await load.stop();
    await Promise.all(readers.map(async (reader) => reader.stop()));

    const difference = await compareWithTable(databaseUrl, load.acknowledged);
    for (const [n, { seen }] of readers.entries()) {
      const id = students[Math.floor(n / 2)]?.conversationId;
      const sent = load.acknowledged.filter(({ conversation_id }) => conversation_id === id);
      expect(seen.map(({ seq }) => seq)).toEqual(sent.map((_, index) => index + 1));
      const texts = new Map(sent.map(({ seq, content }) => [seq, content]));
      expect(seen.filter(({ seq, content }) => texts.get(seq) !== content)).toEqual([]);
    }
    showFigures('R06', {
      messages: load.acknowledged.length,
      readers: readers.length,
      ...difference,
    });
    expect(difference).toEqual(allStored(load.acknowledged));
  });
});
