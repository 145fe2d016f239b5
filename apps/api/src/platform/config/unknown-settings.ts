/** Prefixes that no other program's variables have: an unknown name with one of them is a mistake. */
const OWN_PREFIXES = ['JWT_', 'RATE_LIMIT', 'DEMO_', 'WEB_CONCURRENCY'];

/**
 * The nearest known setting when a name looks like a slip of the pen, or undefined. The environment
 * is full of other programs' variables, so only near misses count there.
 */
export function misspelledSetting(name: string, known: readonly string[]): string | undefined {
  const upper = name.toUpperCase();
  return known.find((candidate) => {
    if (candidate === name) return false;
    if (candidate === upper) return true;
    const allowed = candidate.length >= 8 ? 2 : 1;
    const distance = editDistance(upper, candidate);
    if (candidate.length <= 5) return distance === 1 && isTransposition(upper, candidate);
    return distance <= allowed;
  });
}

/** Whether a name that is no setting can only have been meant for this program. */
export function hasOwnPrefix(name: string): boolean {
  return OWN_PREFIXES.some((prefix) => name.startsWith(prefix));
}

function isTransposition(a: string, b: string): boolean {
  const sorted = (text: string): string => text.split('').sort().join('');
  return a.length === b.length && sorted(a) === sorted(b);
}

/** Optimal string alignment distance: insertions, deletions, substitutions, neighbours swapped. */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let j = 1; j <= b.length; j += 1) rows[0]?.push(j);
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, substitution, swapped));
    }
  }
  return at(a.length, b.length);
}
