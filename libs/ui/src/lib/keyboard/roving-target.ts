/**
 * Where a key leads to in a list of which one item is the stop for Tab: arrows, Home and End. Nothing for
 * other keys and for shortcuts, which belong to the browser.
 */
export function rovingTarget(
  { key, altKey, ctrlKey, metaKey }: KeyboardEvent,
  current: number,
  count: number,
): number | undefined {
  if (altKey || ctrlKey || metaKey || count === 0) return undefined;
  const targets: Partial<Record<string, number>> = {
    ArrowUp: Math.max(0, current - 1),
    ArrowDown: Math.min(count - 1, current + 1),
    Home: 0,
    End: count - 1,
  };
  return targets[key];
}
