import { FIRST_ACTIVE, FIRST_HEAVY, type Sizes } from './sizes';

/** What people write, 40 bytes on average, in several scripts. */
const TEXTS = [
  'Hello!',
  'Thank you, that helped a lot.',
  'I cannot open the second lecture of week 3.',
  'Which browser do you use, and what does the page say?',
  'It says that the file was not found.',
  'We have put it back. Please reload the page and try again.',
  'Works now, thanks!',
  'When is the deadline for the essay?',
  'On Friday at 18:00, but you may ask for two more days.',
  'Kann ich die Übung auch später abgeben?',
  'Ja, bis Sonntagabend. Danach zählt sie nur noch halb.',
  'متى يبدأ الدرس القادم؟',
  '¿Dónde encuentro mi certificado?',
  'In your profile, below the finished courses.',
  'ok',
  'My quiz was graded twice and the second time it lost points. Could somebody have a look, please?',
] as const;

const FIRST_NAMES = ['Amira', 'Ben', 'Chloé', 'Daniel', 'Elif', 'Farid', 'Grace', 'Hana', 'Ivo'];
const LAST_NAMES = ['Haddad', 'Schmidt', 'Nguyen', 'Okafor', 'Rossi', 'Silva', 'Tanaka', 'Weber'];

/** Of five messages an admin writes two. */
const FROM_ADMIN = '(plan.place + seq) % 5 IN (1, 3)';
const SENT_AT = `plan.started_at + (plan.ended_at - plan.started_at) * (seq::float8 / plan.messages)`;

const list = (words: readonly string[]): string =>
  `ARRAY[${words.map((word) => `'${word}'`).join(', ')}]`;
const pick = (words: readonly string[], index: string): string =>
  `(${list(words)})[1 + (${index}) % ${words.length}]`;

/**
 * The statements that fill an empty, migrated database, in order. Every message was read before the
 * next one was sent, but for a few unread ones at the end of some conversations; so the revisions
 * of a conversation are 1, 2, 3 … as the API would have given them.
 * @param passwordHash of everyone's password
 */
export function fillStatements(sizes: Sizes, passwordHash: string): string[] {
  return [
    `INSERT INTO auth_user (email, name, role, password_hash)
      SELECT 'student' || place || '@bench.example',
        ${pick(FIRST_NAMES, 'place')} || ' ' || ${pick(LAST_NAMES, 'place / 9')},
        'user', '${passwordHash}'
      FROM generate_series(1, ${sizes.conversations}) place ORDER BY place`,
    planTable(sizes),
    CONVERSATIONS,
    MESSAGES,
    READ_STATUS,
    'DROP TABLE plan',
    'VACUUM (ANALYZE)',
  ];
}

/** One row for each conversation: its student, length, time, and how many at its end are unread. */
function planTable(sizes: Sizes): string {
  const firstOrdinary = FIRST_ACTIVE + sizes.activeUsers;
  return `CREATE TEMPORARY TABLE plan AS
    SELECT place, user_id, messages, least(unread, messages) AS unread, ended_at,
      ended_at - interval '1 day' * (1 + place % 100) AS started_at
    FROM (
      SELECT place, u.id AS user_id,
        CASE WHEN place < ${FIRST_HEAVY} THEN ${sizes.deep}
          WHEN place < ${FIRST_ACTIVE} THEN ${sizes.heavy}
          WHEN place < ${firstOrdinary} THEN ${sizes.active}
          ELSE floor(${sizes.ordinary} * (0.25 + 1.5 * random()) + random())::int END AS messages,
        CASE WHEN place < ${firstOrdinary} THEN place % 4
          WHEN place % 10 = 0 THEN 2 ELSE 0 END AS unread,
        (now() - interval '1 second' * CASE WHEN place < ${firstOrdinary} THEN place * 60
          ELSE place * 900 END)::timestamptz(3) AS ended_at
      FROM generate_series(1, ${sizes.conversations}) place
      JOIN auth_user u ON lower(u.email) = 'student' || place || '@bench.example'
    ) conversation`;
}

const CONVERSATIONS = `
  INSERT INTO chat_conversations (user_id, created_at, last_message_at, revision, message_count,
    user_unread_count, admin_unread_count, user_delivered_seq, admin_delivered_seq)
  SELECT user_id, started_at, CASE WHEN messages > 0 THEN ended_at END,
    2 * (messages - unread) + unread, messages, waiting.for_user, unread - waiting.for_user,
    messages - unread, messages - unread
  FROM plan, LATERAL (
    SELECT count(*) FILTER (WHERE ${FROM_ADMIN}) AS for_user
    FROM generate_series(messages - unread + 1, messages) seq
  ) waiting ORDER BY place`;

/** In the order in which they were sent, so that the indexes grow as they do in life. */
const MESSAGES = `
  INSERT INTO chat_messages (conversation_id, sender_id, seq, revision, created_at,
    client_message_id, from_admin, is_read, content)
  SELECT c.id, CASE WHEN ${FROM_ADMIN} THEN admin.id ELSE plan.user_id END, seq,
    CASE WHEN seq <= messages - unread THEN 2 * seq ELSE messages - unread + seq END,
    ${SENT_AT}, gen_random_uuid(), ${FROM_ADMIN}, seq <= messages - unread,
    ${pick(TEXTS, '(place * 7 + seq * 5)::int')}
  FROM plan JOIN chat_conversations c ON c.user_id = plan.user_id
  CROSS JOIN (SELECT min(id) AS id FROM auth_user WHERE role = 'admin') admin
  CROSS JOIN LATERAL generate_series(1, plan.messages) seq
  ORDER BY ${SENT_AT}`;

const READ_STATUS = `
  INSERT INTO chat_message_read_status (message_id, user_id, read_at)
  SELECT m.id, CASE WHEN m.from_admin THEN c.user_id ELSE admin.id END, m.created_at
  FROM chat_messages m JOIN chat_conversations c ON c.id = m.conversation_id
  CROSS JOIN (SELECT min(id) AS id FROM auth_user WHERE role = 'admin') admin
  WHERE m.is_read ORDER BY m.id`;

/** Conversations whose row disagrees with a recount of its messages: there must be none. */
export const COUNT_INCONSISTENT = `
  SELECT count(*)::int AS inconsistent
  FROM chat_conversations c LEFT JOIN (
    SELECT conversation_id, count(*) AS messages, max(seq) AS seq, max(revision) AS revision,
      count(DISTINCT revision) AS revisions,
      count(*) FILTER (WHERE NOT is_read AND from_admin) AS user_unread,
      count(*) FILTER (WHERE NOT is_read AND NOT from_admin) AS admin_unread,
      max(created_at) AS last_at
    FROM chat_messages GROUP BY conversation_id
  ) m ON m.conversation_id = c.id
  WHERE (c.message_count, c.message_count, c.message_count, c.revision,
      c.user_unread_count, c.admin_unread_count)
    IS DISTINCT FROM (coalesce(m.messages, 0), coalesce(m.seq, 0), coalesce(m.revisions, 0),
      coalesce(m.revision, 0), coalesce(m.user_unread, 0), coalesce(m.admin_unread, 0))
    OR c.last_message_at IS DISTINCT FROM m.last_at`;

/** How many messages nobody came back for in the "piled up" part of the benchmark. */
const PILED_UP = 500;

/**
 * Makes the newest messages of conversations unread. $1 conversation ids. The messages keep their
 * revisions, so what clients remember stays true.
 */
export const PILE_UP_UNREAD = `
  WITH piled AS (
    UPDATE chat_messages m SET is_read = false
    FROM chat_conversations c
    WHERE m.conversation_id = c.id AND c.id = ANY ($1) AND m.seq > c.message_count - ${PILED_UP}
    RETURNING m.conversation_id, m.from_admin
  ), totals AS (
    SELECT conversation_id, count(*) FILTER (WHERE from_admin) AS for_user,
      count(*) FILTER (WHERE NOT from_admin) AS for_admin
    FROM piled GROUP BY conversation_id
  )
  UPDATE chat_conversations c SET user_unread_count = for_user, admin_unread_count = for_admin
  FROM totals WHERE c.id = totals.conversation_id`;
