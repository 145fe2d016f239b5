/** What makes a tab the one to ask: it is looked at, and it was turned to last. */
export interface TabRank {
  id: string;
  isHidden: boolean;
  /** When the person last turned to it, in milliseconds. */
  usedAt: number;
}

/** A total order: of any tabs one is before all others. */
export function isBefore(a: TabRank, b: TabRank): boolean {
  if (a.isHidden !== b.isHidden) return b.isHidden;
  if (a.usedAt !== b.usedAt) return a.usedAt > b.usedAt;
  return a.id > b.id;
}
