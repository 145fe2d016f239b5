import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getSchemaPath } from '@nestjs/swagger';
import { API_ROUTES, type Conversation, type Message, type Page } from '@support-chat/contracts';
import type { ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { deleteMessage } from '../src/chat/messages/message-deletion';
import { UpdatesModel } from '../src/chat/models/updates.model';
import { Database } from '../src/platform/database/database';
import { describeApi } from '../src/platform/http/open-api';
import { showFigures } from './drills/support/figures';
import { command, runCommand, type Command, type Side } from './support/conversation-commands';
import { DocumentedSchemas } from './support/documented-schemas';
import { eventually } from './support/eventually';
import { FollowedConversation, type Snapshot } from './support/followed-conversation';
import type { SocketClient } from './support/socket-client';
import { SocketStage } from './support/socket-stage';
import type { Person } from './support/test-app';
import { liftQuota, upload } from './support/uploads';

const PATIENCE_MS = 10_000;
const SEQUENCES = 40;

/** Everything that changes a conversation. */
type Step = Command | { kind: 'attach'; by: Side } | { kind: 'delete'; pick: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: command },
  fc.record({
    kind: fc.constant('attach' as const),
    by: fc.constantFrom<Side>('user', 'admin'),
  }),
  fc.record({ kind: fc.constant('delete' as const), pick: fc.nat() }),
);
const EACH_ONCE: Step[] = [
  { kind: 'send', by: 'user' },
  { kind: 'send', by: 'admin' },
  { kind: 'attach', by: 'user' },
  { kind: 'deliver', by: 'admin', seq: 1 },
  { kind: 'read-some', by: 'admin', pick: 2 },
  { kind: 'read', by: 'user' },
  { kind: 'delete', pick: 2 },
  { kind: 'close' },
];

describe('what a socket brings', () => {
  let stage: SocketStage;
  let people: Record<Side, Person>;
  let sockets: Record<Side, SocketClient>;
  let isUpdates: ValidateFunction;
  const followed: Record<Side, Map<number, FollowedConversation>> = {
    user: new Map(),
    admin: new Map(),
  };
  const faults: unknown[] = [];
  let frames = 0;

  beforeAll(async () => {
    stage = await SocketStage.start();
    await liftQuota(stage.test);
    isUpdates = new DocumentedSchemas(describeApi(stage.test.app)).compile({
      $ref: getSchemaPath(UpdatesModel),
    });
    people = { user: await stage.test.person(), admin: await stage.test.person('admin') };
    sockets = { user: await follow('user'), admin: await follow('admin') };
  });
  afterAll(async () => stage.close());

  async function follow(side: Side): Promise<SocketClient> {
    const socket = await stage.connect(people[side]);
    socket.onEach('updates', (frame) => {
      const { type: _, conversation_id: id, ...body } = frame;
      if (!isUpdates(body)) faults.push(isUpdates.errors);
      followed[side].get(id)?.fold(frame);
      frames += 1;
    });
    return socket;
  }

  async function begin(): Promise<number> {
    await stage.test.dataSource.query(
      'UPDATE chat_conversations SET is_active = false WHERE user_id = $1',
      [people.user.id],
    );
    const { id } = (await people.user.post<Conversation>(API_ROUTES.myConversation)).body;
    for (const side of ['user', 'admin'] as const) {
      followed[side].set(id, new FollowedConversation());
      sockets[side].send({ type: 'subscribe', conversation_id: id, after: 0 });
    }
    return id;
  }

  async function run(id: number, one: Step): Promise<void> {
    if (one.kind === 'attach') {
      const staged = await upload(stage.test, people[one.by], id, { content: 'some text' });
      await people[one.by].post(API_ROUTES.messages(id), { attachment_id: staged.body.id });
    } else if (one.kind === 'delete') {
      const { messages } = await fresh(people.user, id);
      const chosen = messages[one.pick % messages.length];
      if (chosen) await deleteMessage(stage.test.app.get(Database), chosen.id);
    } else {
      await runCommand(people, id, one);
    }
  }

  async function fresh(who: Person, id: number): Promise<Snapshot> {
    const { body: conversation } = await who.get<Conversation>(API_ROUTES.conversation(id));
    const { body } = await who.get<Page<Message>>(`${API_ROUTES.messages(id)}?page_size=100`);
    return { conversation, messages: body.results.reverse() };
  }

  async function expectTrue(id: number): Promise<void> {
    for (const side of ['user', 'admin'] as const) {
      const wanted = await fresh(people[side], id);
      await eventually(() => {
        expect(followed[side].get(id)?.held).toEqual(wanted);
      }, PATIENCE_MS);
      expect(followed[side].get(id)?.gaps).toBe(0);
    }
    expect(faults).toEqual([]);
  }

  it('R11 has every change of a conversation in it', async () => {
    const id = await begin();
    for (const [n, one] of EACH_ONCE.entries()) {
      await run(id, one);
      await expectTrue(id);
      const { conversation } = await fresh(people.user, id);
      expect([one.kind, conversation?.revision]).toEqual([one.kind, n + 1]);
    }
  });

  it('R11 makes of an old snapshot the fresh one after any call, for both sides, and is as documented', async () => {
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
        const id = await begin();
        await expectTrue(id);
        for (const one of steps) {
          await run(id, one);
          await expectTrue(id);
          calls += 1;
        }
        for (const socket of Object.values(sockets)) {
          socket.send({ type: 'unsubscribe', conversation_id: id });
        }
      }),
      { numRuns: SEQUENCES },
    );
    showFigures('R11 sockets', { sequences: SEQUENCES, calls, frames, differences: 0 });
  }, 120_000);
});
