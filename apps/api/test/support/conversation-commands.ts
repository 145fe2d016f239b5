import type { Message, Updates } from '@support-chat/contracts';
import fc from 'fast-check';
import type { Person } from './test-app';

export type Side = 'user' | 'admin';

/** Any call that changes a conversation, by either side. */
export type Command =
  | { kind: 'send'; by: Side }
  | { kind: 'read'; by: Side }
  | { kind: 'read-some'; by: Side; pick: number }
  | { kind: 'deliver'; by: Side; seq: number }
  | { kind: 'close' };

const side = fc.constantFrom<Side>('user', 'admin');

export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), by: side }) },
  fc.record({ kind: fc.constant('read' as const), by: side }),
  fc.record({ kind: fc.constant('read-some' as const), by: side, pick: fc.nat() }),
  fc.record({ kind: fc.constant('deliver' as const), by: side, seq: fc.nat(30) }),
  fc.record({ kind: fc.constant('close' as const) }),
);

/** Runs one command on a conversation. */
export async function runCommand(
  people: Record<Side, Person>,
  id: number,
  step: Command,
): Promise<void> {
  const base = `/api/chat/conversations/${id}/`;
  if (step.kind === 'close') {
    await people.admin.post(`/api/admin/conversations/${id}/close/`);
  } else if (step.kind === 'send') {
    await people[step.by].post(`${base}messages/`, { content: 'x' });
  } else if (step.kind === 'read') {
    await people[step.by].post(`${base}mark-read/`);
  } else if (step.kind === 'deliver') {
    await people[step.by].post(`${base}delivered/`, { seq: step.seq });
  } else {
    await readSome(people[step.by], base, step.pick);
  }
}

/** Marks every third message as read, whoever wrote it. */
async function readSome(reader: Person, base: string, pick: number): Promise<void> {
  const { status, body } = await reader.get<Updates>(`${base}updates/`);
  const messages: Message[] = status === 204 ? [] : body.messages;
  const ids = messages.map(({ id }) => id).filter((_, n) => n % 3 === pick % 3);
  if (ids.length > 0) await reader.post('/api/chat/messages/mark-read/', { message_ids: ids });
}

/** Whether everything counted in the conversation's row is what its messages say, and the counts. */
export const RECOUNT = `SELECT
  c.user_unread_count = count(m.id) FILTER (WHERE m.from_admin AND NOT m.is_read)
    AND c.admin_unread_count = count(m.id) FILTER (WHERE NOT m.from_admin AND NOT m.is_read)
    AND c.message_count = count(m.id) AND c.message_count = coalesce(max(m.seq), 0)
    AND c.revision >= coalesce(max(m.revision), 0)
    AND count(m.id) = count(DISTINCT m.revision) AS is_exact,
  c.user_unread_count, c.admin_unread_count
  FROM chat_conversations c LEFT JOIN chat_messages m ON m.conversation_id = c.id
  WHERE c.id = $1 GROUP BY c.id`;
