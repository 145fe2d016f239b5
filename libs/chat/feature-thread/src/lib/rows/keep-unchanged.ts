import type { ThreadDay } from './thread-row';

function sameFields(a: object, b: object): boolean {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([k, v]) => sameValue(v, Reflect.get(b, k)));
}

function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b;
  return sameFields(a, b);
}

/** The new rows, but the old object wherever a row says the same: then its component is not drawn again. */
export function keepUnchanged(
  previous: readonly ThreadDay[] | undefined,
  next: readonly ThreadDay[],
): ThreadDay[] {
  const known = new Map(previous?.flatMap(({ rows }) => rows.map((row) => [row.key, row])));
  return next.map((day) => ({
    ...day,
    rows: day.rows.map((row) => {
      const old = known.get(row.key);
      return old && sameFields(old, row) ? old : row;
    }),
  }));
}
