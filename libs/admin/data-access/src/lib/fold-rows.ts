import type { Conversation } from '@support-chat/contracts';

export type Rows = readonly Conversation[];

/** The order of the list: newest activity first, then the greater id (contract, section 3). */
export function byActivity(a: Conversation, b: Conversation): number {
  return activityOf(b).localeCompare(activityOf(a)) || b.id - a.id;
}

/** RFC 3339 in UTC with milliseconds: comparable as text. */
function activityOf({ last_message_at, created_at }: Conversation): string {
  return last_message_at ?? created_at;
}

/**
 * The rows after a fresh look at the top of the list. Rows below it stay; rows that belong into it
 * and are absent do not match any more. A top that is all newer than what is held may hide others in
 * between, so then it is all there is.
 */
export function foldTop(rows: Rows, top: Rows, isWholeList: boolean): Rows {
  const [first, last] = [rows[0], top.at(-1)];
  if (!first || !last || isWholeList || byActivity(last, first) < 0) return unchanged(rows, top);
  const known = new Set(top.map(({ id }) => id));
  const below = rows.filter((row) => !known.has(row.id) && byActivity(last, row) < 0);
  return unchanged(rows, [...top, ...below]);
}

/** The rows with another page below them; the newer of two stays. */
export function foldPage(rows: Rows, page: Rows): Rows {
  const newest = new Map(rows.map((row) => [row.id, row]));
  for (const row of page) {
    if (row.revision >= (newest.get(row.id)?.revision ?? 0)) newest.set(row.id, row);
  }
  return [...newest.values()].sort(byActivity);
}

/** The rows with one of them changed. */
export function foldRow(rows: Rows, row: Conversation): Rows {
  return rows.some(({ id }) => id === row.id) ? foldPage(rows, [row]) : rows;
}

/** Takes the held object for every row that says the same, so that it is not drawn again. */
function unchanged(held: Rows, fresh: Rows): Rows {
  const known = new Map(held.map((row) => [row.id, row]));
  return fresh.map((row) => {
    const before = known.get(row.id);
    return before?.revision === row.revision && before.user.name === row.user.name ? before : row;
  });
}

/** The rows while their order is held: each where it was, as it is now; later pages below. */
export function inHeldOrder(rows: Rows, held: Rows): Rows {
  const current = new Map(rows.map((row) => [row.id, row]));
  const last = held.at(-1);
  const places = new Set(held.map(({ id }) => id));
  const below = rows.filter((row) => !places.has(row.id) && last && byActivity(last, row) < 0);
  return [...held.map((row) => current.get(row.id) ?? row), ...below];
}

/** How many rows are new or have moved since the order was held. */
export function countHeld(rows: Rows, held: Rows): number {
  const places = new Map(held.map((row) => [row.id, activityOf(row)]));
  const last = held.at(-1);
  return rows.filter(
    (row) => places.get(row.id) !== activityOf(row) && !(last && byActivity(last, row) < 0),
  ).length;
}
