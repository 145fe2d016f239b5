import { LIMITS, codePointLength } from '@support-chat/contracts';
import { FlagPipe } from '../../platform/http/flag.pipe';
import { ProblemError } from '../../platform/http/problem.error';
import { isStorableText } from '../../platform/http/text-rules';
import { WholeNumberPipe } from '../../platform/http/whole-number.pipe';

/** Which conversations the console asks for, and where in the list. */
export interface InboxQuery {
  unread: boolean | null;
  active: boolean | null;
  hasMessages: boolean | null;
  /** Part of a name or e-mail address; null for everyone. */
  search: string | null;
  size: number;
  position: InboxPosition;
}

/** A numbered page, or what comes after a row of a scrolled list (null: its start). */
export type InboxPosition = { page: number } | { after: InboxKey | null };

/** Where a row stands in the list's order: its last activity and its id. */
export interface InboxKey {
  /** Milliseconds since 1970. */
  activity: number;
  id: number;
}

type RawQuery = Readonly<Record<string, unknown>>;

const unread = new FlagPipe('unread');
const active = new FlagPipe('active');
const hasMessages = new FlagPipe('has_messages');
const page = new WholeNumberPipe('page', { min: 1 });
const pageSize = new WholeNumberPipe('page_size', { min: 1 });

/** The framework leaves what is no UTF-8 as it stands, and it would be searched for. */
export function refuseUndecodable(url: string): void {
  try {
    decodeURIComponent(url.slice(url.indexOf('?') + 1));
  } catch (cause) {
    throw new ProblemError('invalid_encoding', 'The query is not UTF-8.', { cause });
  }
}

/** Reads the query string; anything out of the ordinary is `validation_failed`. */
export function parseInboxQuery(raw: RawQuery): InboxQuery {
  return {
    unread: unread.transform(raw['unread']) ?? null,
    active: active.transform(raw['active']) ?? null,
    hasMessages: hasMessages.transform(raw['has_messages']) ?? null,
    search: readSearch(raw['search']),
    size: Math.min(pageSize.transform(raw['page_size']) ?? LIMITS.pageSize, LIMITS.pageSizeMax),
    position: readPosition(raw),
  };
}

/** The query string for another place in the same list. */
export function formatInboxQuery(query: InboxQuery, position: InboxPosition): string {
  const parameters = new URLSearchParams();
  if (query.unread !== null) parameters.set('unread', String(query.unread));
  if (query.active !== null) parameters.set('active', String(query.active));
  if (query.hasMessages !== null) parameters.set('has_messages', String(query.hasMessages));
  if (query.search !== null) parameters.set('search', query.search);
  if ('page' in position) parameters.set('page', String(position.page));
  else parameters.set('cursor', position.after ? formatCursor(position.after) : '');
  parameters.set('page_size', String(query.size));
  return parameters.toString();
}

function readSearch(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value !== 'string') {
    throw ProblemError.invalid({ field: 'search', code: 'wrong_type', detail: 'must be one text' });
  }
  if (!isStorableText(value)) {
    throw new ProblemError('invalid_encoding', 'Text holds NUL or half a character.');
  }
  const search = value.trim();
  if (codePointLength(search) > LIMITS.searchMaxLength) {
    const detail = `must have at most ${LIMITS.searchMaxLength} characters`;
    throw ProblemError.invalid({ field: 'search', code: 'too_long', detail });
  }
  return search === '' ? null : search;
}

function readPosition(raw: RawQuery): InboxPosition {
  const number = page.transform(raw['page']);
  const cursor = raw['cursor'];
  if (cursor === undefined) return { page: number ?? 1 };
  if (number !== undefined) {
    throw ProblemError.invalid({
      field: 'cursor',
      code: 'not_allowed',
      detail: 'goes without page',
    });
  }
  return { after: cursor === '' ? null : parseCursor(cursor) };
}

function formatCursor({ activity, id }: InboxKey): string {
  return `${activity}-${id}`;
}

function parseCursor(value: unknown): InboxKey {
  const match = typeof value === 'string' ? /^(\d{1,15})-(\d{1,16})$/.exec(value) : null;
  const [activity, id] = [Number(match?.[1]), Number(match?.[2])];
  if (match && Number.isSafeInteger(id)) return { activity, id };
  const detail = 'must come from a next link';
  throw ProblemError.invalid({ field: 'cursor', code: 'bad_format', detail });
}
