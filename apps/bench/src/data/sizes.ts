/** How the messages of a database are spread over its conversations. */
export interface Sizes {
  conversations: number;
  /** Students who use the chat during the benchmark. */
  activeUsers: number;
  /** Messages of the one conversation whose depth is measured. */
  deep: number;
  /** Ten conversations with one percent of all messages each. */
  heavy: number;
  /** Messages of each active user's conversation, at least a full page. */
  active: number;
  /** What all others have on average; they vary between a quarter and seven quarters of it. */
  ordinary: number;
}

export const HEAVY_CONVERSATIONS = 10;
const DEEP_MESSAGES = 100_000;
const PAGE = 20;

/** Places in the order of conversations: the deep one, the heavy ones, the active ones, the rest. */
export const DEEP = 1;
export const FIRST_HEAVY = 2;
export const FIRST_ACTIVE = FIRST_HEAVY + HEAVY_CONVERSATIONS;

/** @param messages how many there shall be in all, about */
export function planSizes(messages: number, conversations: number, activeUsers: number): Sizes {
  const heavy = Math.round(messages / 100);
  const deep = messages >= 10 * DEEP_MESSAGES ? DEEP_MESSAGES : heavy;
  const active = Math.max(PAGE, Math.round(messages / 10 / activeUsers));
  const rest = messages - deep - HEAVY_CONVERSATIONS * heavy - activeUsers * active;
  const ordinary = rest / (conversations - FIRST_ACTIVE - activeUsers + 1);
  if (ordinary <= 0) throw new Error(`Too few messages for ${activeUsers} active users.`);
  return { conversations, activeUsers, deep, heavy, active, ordinary };
}
