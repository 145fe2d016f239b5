import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Conversation,
  CursorPage,
  Message,
  UnreadCount,
  Updates,
} from '@support-chat/contracts';
import fc from 'fast-check';
import { command, RECOUNT, runCommand, type Side } from '../support/conversation-commands';
import { createTestApp, type Person, type TestApp } from '../support/test-app';
import { showFigures } from './support/figures';
import { scaled } from './support/scale';

const SEQUENCES = scaled(500, 40);
const RUNS = scaled(300, 25);
const COMMANDS = 50;
const READINGS = scaled(10_000, 1_000);

/** A conversation as a client holds it. */
interface Snapshot {
  conversation: Conversation;
  messages: Message[];
}

describe('any calls on a conversation', () => {
  let test: TestApp;
  let people: Record<Side, Person>;
  /** A second tab of the student, and a second admin. */
  let others: Record<Side, Person>;

  beforeAll(async () => {
    test = await createTestApp();
    people = { user: await test.person(), admin: await test.person('admin') };
    others = { user: people.user, admin: await test.person('admin', 'Bea Admin') };
  });
  afterAll(async () => test.close());

  const base = (id: number): string => `/api/chat/conversations/${id}/`;

  async function freshConversation(): Promise<number> {
    await test.dataSource.query(
      'UPDATE chat_conversations SET is_active = false WHERE user_id = $1',
      [people.user.id],
    );
    return (await people.user.post<Conversation>('/api/chat/conversation/')).body.id;
  }

  async function snapshot(who: Person, id: number): Promise<Snapshot> {
    const { body: conversation } = await who.get<Conversation>(base(id));
    const messages: Message[] = [];
    let next: string | null =
      `${base(id)}messages/?page_size=100&before=${conversation.message_count + 1}`;
    while (next !== null) {
      const { body }: { body: CursorPage<Message> } = await who.get(next);
      messages.unshift(...body.results.reverse());
      next = body.next;
    }
    return { conversation, messages };
  }

  /** All that changed since the snapshot, folded into it as the contract says. */
  async function caughtUp(who: Person, held: Snapshot): Promise<Snapshot> {
    const bySeq = new Map(held.messages.map((message) => [message.seq, message]));
    let { conversation } = held;
    for (let isMore = true; isMore;) {
      const after = conversation.revision;
      const { status, body } = await who.get<Updates>(
        `${base(conversation.id)}updates/?after=${after}`,
      );
      if (status === 204) break;
      expect([status, body.from]).toEqual([200, after]);
      for (const message of body.messages) bySeq.set(message.seq, message);
      conversation = { ...body.conversation, revision: body.revision };
      isMore = body.more;
    }
    const messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
    return { conversation, messages };
  }

  it(`R11 after any call of ${SEQUENCES} sequences the old snapshot with its updates is the fresh one, for both sides`, async () => {
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(command, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
        async (rounds) => {
          const id = await freshConversation();
          let held = {
            user: await snapshot(people.user, id),
            admin: await snapshot(people.admin, id),
          };
          for (const round of rounds) {
            for (const step of round) await runCommand(people, id, step);
            const fresh = {
              user: await snapshot(people.user, id),
              admin: await snapshot(people.admin, id),
            };
            expect(await caughtUp(people.user, held.user)).toEqual(fresh.user);
            expect(await caughtUp(people.admin, held.admin)).toEqual(fresh.admin);
            held = fresh;
            steps += round.length;
          }
        },
      ),
      { numRuns: SEQUENCES },
    );
    showFigures('R11', { sequences: SEQUENCES, calls: steps, differences: 0 });
  });

  it(`R12 ${RUNS} runs of up to ${COMMANDS} calls, two tabs and two admins: the counts equal a recount at every step`, async () => {
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(command, fc.boolean()), {
          minLength: 1,
          maxLength: COMMANDS,
          size: 'max',
        }),
        async (calls) => {
          const id = await freshConversation();
          for (const [step, isOther] of calls) {
            await runCommand(isOther ? others : people, id, step);
            await expectExact(id);
            steps += 1;
          }
        },
      ),
      { numRuns: RUNS },
    );
    showFigures('R12', { runs: RUNS, calls: steps, 'counts that differ': 0 });
  });

  async function expectExact(id: number): Promise<void> {
    const [row] = await test.dataSource.query<
      { is_exact: boolean; user_unread_count: number; admin_unread_count: number }[]
    >(RECOUNT, [id]);
    const shown = async (who: Person): Promise<number> =>
      (await who.get<UnreadCount>(`${base(id)}unread-count/`)).body.unread_count;
    expect([row?.is_exact, await shown(people.user), await shown(others.admin)]).toEqual([
      true,
      row?.user_unread_count,
      row?.admin_unread_count,
    ]);
  }

  it(`R13 ${READINGS} readings, repeated and shuffled, while messages arrive: nothing read becomes unread, nothing new is read by itself`, async () => {
    const id = await freshConversation();
    let readings = 0;
    for (let isWhole = false; readings < READINGS; isWhole = !isWhole) {
      for (const by of ['user', 'admin'] as const)
        await runCommand(people, id, { kind: 'send', by });
      const before = await snapshot(people.user, id);
      const calls = [
        ...shuffled(before.messages.slice(-20)).map(async (message) =>
          people.user.post('/api/chat/messages/mark-read/', { message_ids: [message.id] }),
        ),
        ...(isWhole ? [people.user.post(`${base(id)}mark-read/`)] : []),
      ];
      await Promise.all([...calls, runCommand(people, id, { kind: 'send', by: 'admin' })]);
      readings += calls.length;
      const { messages } = await snapshot(people.user, id);
      const isRead = new Map(messages.map((message) => [message.id, message.is_read]));
      const wasRead = before.messages.filter(({ is_read }) => is_read);
      expect(wasRead.filter((message) => isRead.get(message.id) !== true)).toEqual([]);
      expect(
        messages.filter(({ sender, is_read }) => sender.id === people.user.id && is_read),
      ).toEqual([]);
      // Nobody can have named the one that came meanwhile.
      if (!isWhole) expect(messages.at(-1)?.is_read).toBe(false);
      await expectExact(id);
    }
    showFigures('R13', { readings, 'turned unread': 0 });
  });
});

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
