import type { OutboxEntry, TimelineItem, Viewer } from '@support-chat/chat-data-access';
import type { Failure, Message } from '@support-chat/contracts';
import { buildDays } from './build-days';
import { keepUnchanged } from './keep-unchanged';
import type { MessageRow, ThreadDay } from './thread-row';

const mona: Viewer = { id: 1, name: 'Mona', role: 'user' };
const amir: Viewer = { id: 2, name: 'Amir', role: 'admin' };
const lena: Viewer = { id: 3, name: 'Lena', role: 'admin' };

/** Local wall-clock time of one November day, so that the test says the same in every zone. */
const at = (day: number, hour: number, minute = 0): string =>
  new Date(2026, 10, day, hour, minute).toISOString();

function message(seq: number, sender: Viewer, created_at: string, more: Partial<Message> = {}) {
  const stored: Message = {
    id: seq,
    conversation_id: 1,
    seq,
    revision: seq,
    client_message_id: null,
    sender,
    content: `text ${seq}`,
    message_type: 'text',
    attachment: null,
    is_read: false,
    status: 'sent',
    created_at,
    edited_at: null,
    deleted_at: null,
    ...more,
  };
  return { kind: 'message', key: `m${seq}`, message: stored } satisfies TimelineItem;
}

function outgoing(clientId: string, more: Partial<OutboxEntry> = {}): TimelineItem {
  const entry: OutboxEntry = {
    clientId,
    conversationId: 1,
    content: 'on its way',
    attachment: null,
    queuedAt: new Date(2026, 10, 22, 12).getTime(),
    state: 'sending',
    failure: null,
    ...more,
  };
  return { kind: 'outgoing', key: clientId, entry };
}

function daysOf(
  timeline: TimelineItem[],
  viewer: Viewer = mona,
  firstUnreadSeq: number | null = null,
): ThreadDay[] {
  return buildDays({ timeline, viewer, firstUnreadSeq, failureWords: (f) => f.code });
}

const rowsOf = (days: ThreadDay[]) => days.flatMap(({ rows }) => rows);
const kinds = (days: ThreadDay[]): string[] =>
  days.flatMap(({ rows }) => ['day', ...rows.map((row) => row.kind)]);
const views = (days: ThreadDay[]) =>
  rowsOf(days)
    .filter((row): row is MessageRow => row.kind === 'message')
    .map(({ view }) => view);

describe('rows of a thread', () => {
  it('ux-14 puts a day before its first message and nowhere else', () => {
    const days = daysOf([
      message(1, mona, at(20, 23, 58)),
      message(2, mona, at(20, 23, 59)),
      message(3, mona, at(21, 0, 1)),
    ]);
    expect(kinds(days)).toEqual([
      'day',
      'author',
      'message',
      'message',
      'day',
      'author',
      'message',
    ]);
  });

  it('ux-15 groups messages of one author that follow within five minutes', () => {
    const days = daysOf([
      message(1, mona, at(20, 9, 0)),
      message(2, mona, at(20, 9, 4)),
      message(3, mona, at(20, 9, 9)),
      message(4, amir, at(20, 9, 10)),
    ]);
    expect(views(days).map(({ startsGroup, endsGroup }) => [startsGroup, endsGroup])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
    const authors = rowsOf(days).flatMap((row) =>
      row.kind === 'author' ? [[row.name, row.at]] : [],
    );
    expect(authors).toEqual([
      ['Mona', at(20, 9, 0)],
      ['Mona', at(20, 9, 9)],
      ['Amir', at(20, 9, 10)],
    ]);
  });

  it('ux-16 draws the unread line above the first unread message and starts a group there', () => {
    const timeline = [
      message(1, amir, at(20, 9, 0)),
      message(2, amir, at(20, 9, 1)),
      message(3, amir, at(20, 9, 2)),
    ];
    const days = daysOf(timeline, mona, 2);
    expect(kinds(days)).toEqual([
      'day',
      'author',
      'message',
      'unread',
      'author',
      'message',
      'message',
    ]);
  });

  it('ux-16 draws one unread line even where the first unread message is not loaded', () => {
    const days = daysOf([message(7, amir, at(20, 9)), message(8, amir, at(20, 9))], mona, 3);
    expect(kinds(days).filter((kind) => kind === 'unread')).toHaveLength(1);
    expect(kinds(days).indexOf('unread')).toBeLessThan(kinds(days).indexOf('message'));
  });

  it('tells own messages, colleagues and the other side apart', () => {
    const timeline = [
      message(1, mona, at(20, 9)),
      message(2, amir, at(20, 9)),
      message(3, lena, at(20, 9)),
    ];
    expect(views(daysOf(timeline, amir)).map(({ side }) => side)).toEqual(['other', 'own', 'team']);
    expect(views(daysOf(timeline, mona)).map(({ side }) => side)).toEqual([
      'own',
      'other',
      'other',
    ]);
  });

  it('ux-20 shows words under the last own message only, and ticks where the state changes', () => {
    const timeline = [
      message(1, mona, at(20, 9, 0), { status: 'read' }),
      message(2, mona, at(20, 9, 1), { status: 'read' }),
      message(3, mona, at(20, 9, 2), { status: 'delivered' }),
      message(4, mona, at(20, 9, 3), { status: 'delivered' }),
      message(5, amir, at(20, 9, 4)),
    ];
    expect(views(daysOf(timeline)).map(({ state, shownState }) => [state, shownState])).toEqual([
      ['read', 'nothing'],
      ['read', 'icon'],
      ['delivered', 'nothing'],
      ['delivered', 'words'],
      [null, 'nothing'],
    ]);
  });

  it('ux-20 shows no tick at a deleted message, which nobody may have read', () => {
    const timeline = [
      message(1, mona, at(20, 9, 0), { status: 'read' }),
      message(2, mona, at(20, 9, 1), { status: 'read', deleted_at: at(20, 10) }),
    ];
    expect(views(daysOf(timeline)).map(({ state, isDeleted }) => [state, isDeleted])).toEqual([
      ['read', false],
      [null, true],
    ]);
  });

  it('ux-19 shows what is on its way after what is stored, a failure with its reason', () => {
    const failure: Failure = {
      code: 'rate_limited',
      status: 429,
      requestId: null,
      retryAfterSeconds: null,
      errors: [],
    };
    const days = daysOf([
      message(1, mona, at(22, 11, 59)),
      outgoing('a', { state: 'failed', failure }),
      outgoing('b'),
    ]);
    expect(views(days).map((view) => [view.state, view.shownState, view.failure])).toEqual([
      ['sent', 'icon', null],
      ['failed', 'words', 'rate_limited'],
      ['sending', 'words', null],
    ]);
  });

  it('draws system messages as quiet lines without an author', () => {
    const days = daysOf([message(1, amir, at(20, 9), { message_type: 'system', content: 'x' })]);
    expect(kinds(days)).toEqual(['day', 'system']);
  });
});

describe('keepUnchanged', () => {
  const timeline = [message(1, amir, at(20, 9)), message(2, mona, at(20, 10))];

  it('gives back the very objects of rows that say the same', () => {
    const before = daysOf(timeline);
    const after = keepUnchanged(before, daysOf(timeline));
    expect(rowsOf(after).every((row, index) => row === rowsOf(before)[index])).toBe(true);
  });

  it('takes the new object where anything changed', () => {
    const before = daysOf(timeline);
    const read = [timeline[0], message(2, mona, at(20, 10), { status: 'read' })] as TimelineItem[];
    const after = keepUnchanged(before, daysOf(read));
    expect(rowsOf(after).at(-1)).not.toBe(rowsOf(before).at(-1));
    expect(rowsOf(after)[1]).toBe(rowsOf(before)[1]);
  });
});
