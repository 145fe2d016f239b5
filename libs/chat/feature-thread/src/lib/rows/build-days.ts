import type { OutboxEntry, TimelineItem, Viewer } from '@support-chat/chat-data-access';
import type { Failure } from '@support-chat/contracts';
import { type MessageView, dayNumber } from '@support-chat/ui';
import type { MessageRow, ThreadDay, ThreadRow } from './thread-row';

/** Messages of one author closer than this share one header. */
const GROUP_GAP_MS = 5 * 60_000;

export interface DaysInput {
  timeline: readonly TimelineItem[];
  viewer: Viewer;
  firstUnreadSeq: number | null;
  failureWords: (failure: Failure, entry: OutboxEntry) => string;
}

/** What the rules need of a message, whether the server has it or not. */
interface Entry {
  row: MessageRow;
  authorId: number;
  isSystem: boolean;
}

function storedEntry(
  { key, message }: Extract<TimelineItem, { kind: 'message' }>,
  viewer: Viewer,
): Entry {
  const { sender } = message;
  const team = sender.role === viewer.role ? 'team' : 'other';
  const side = sender.id === viewer.id ? 'own' : team;
  const isDeleted = message.deleted_at !== null;
  const view: MessageView = {
    key,
    side,
    text: message.content,
    attachment: message.attachment,
    authorName: sender.name,
    at: message.created_at,
    // A deleted one counts as read, which is nothing to tell its writer.
    state: side === 'own' && !isDeleted ? message.status : null,
    shownState: 'nothing',
    failure: null,
    isDeleted,
    isEdited: message.edited_at !== null,
    startsGroup: true,
    endsGroup: true,
  };
  return {
    row: { kind: 'message', key, seq: message.seq, clientId: null, view },
    authorId: sender.id,
    isSystem: message.message_type === 'system',
  };
}

function outgoingEntry(
  { key, entry }: Extract<TimelineItem, { kind: 'outgoing' }>,
  { viewer, failureWords }: DaysInput,
): Entry {
  const view: MessageView = {
    key,
    side: 'own',
    text: entry.content,
    attachment: entry.attachment,
    authorName: viewer.name,
    at: new Date(entry.queuedAt).toISOString(),
    state: entry.state,
    shownState: 'nothing',
    failure: entry.state === 'failed' && entry.failure ? failureWords(entry.failure, entry) : null,
    isDeleted: false,
    isEdited: false,
    startsGroup: true,
    endsGroup: true,
  };
  return {
    row: { kind: 'message', key, seq: null, clientId: entry.clientId, view },
    authorId: viewer.id,
    isSystem: false,
  };
}

function sharesDay(a: Entry, b: Entry): boolean {
  return dayNumber(a.row.view.at) === dayNumber(b.row.view.at);
}

function sharesGroup(a: Entry, b: Entry): boolean {
  const gap = Date.parse(b.row.view.at) - Date.parse(a.row.view.at);
  return a.authorId === b.authorId && !a.isSystem && !b.isSystem && gap < GROUP_GAP_MS;
}

/** Words under the last own message; a tick where a group ends or the state changes; else nothing. */
function showStates(entries: readonly Entry[]): void {
  const own = entries.filter(({ row }) => row.view.state !== null);
  own.forEach(({ row: { view } }, index) => {
    const next = own[index + 1]?.row.view;
    const isPending = view.state === 'sending' || view.state === 'failed';
    if (isPending || !next) view.shownState = 'words';
    else if (view.endsGroup || next.state !== view.state) view.shownState = 'icon';
  });
}

/** What comes before a message: the unread line, the author; or it joins the group above. */
function headerRows(
  previous: Entry | undefined,
  entry: Entry,
  isFirstUnread: boolean,
): ThreadRow[] {
  const { key, view } = entry.row;
  const rows: ThreadRow[] = isFirstUnread ? [{ kind: 'unread', key: 'unread' }] : [];
  if (entry.isSystem) return rows;
  if (!previous || isFirstUnread || !sharesGroup(previous, entry)) {
    const { authorName: name, side, at } = view;
    rows.push({ kind: 'author', key: `author-${key}`, name, side, at, seed: entry.authorId });
  } else {
    view.startsGroup = false;
    previous.row.view.endsGroup = false;
  }
  return rows;
}

function systemRow({ row: { key, view } }: Entry): ThreadRow {
  return { kind: 'system', key, text: view.text, at: view.at };
}

/** Lays a conversation out: days with the unread line, authors and messages, in the order of the timeline. */
export function buildDays(input: DaysInput): ThreadDay[] {
  const { timeline, viewer, firstUnreadSeq } = input;
  const entries = timeline.map((item) =>
    item.kind === 'message' ? storedEntry(item, viewer) : outgoingEntry(item, input),
  );
  const firstUnread = entries.find(
    ({ row }) => firstUnreadSeq !== null && (row.seq ?? 0) >= firstUnreadSeq,
  );
  const days: ThreadDay[] = [];
  let previous: Entry | undefined;
  for (const entry of entries) {
    const { at } = entry.row.view;
    if (!previous || !sharesDay(previous, entry)) {
      days.push({ key: `day-${dayNumber(at)}`, at, rows: [] });
      previous = undefined;
    }
    const headers = headerRows(previous, entry, entry === firstUnread);
    days.at(-1)?.rows.push(...headers, entry.isSystem ? systemRow(entry) : entry.row);
    previous = entry;
  }
  showStates(entries);
  return days;
}
