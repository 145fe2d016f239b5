import { DAYS, HOURS, student, type DemoTalk } from '../talk';

/** Students who opened the support page and have written nothing yet. */
export const QUIET_TALKS: readonly DemoTalk[] = [
  { student: student('Beatriz Carvalho', 'beatriz.carvalho'), minutesAgo: 14 },
  { student: student('Arjun Patel', 'arjun.patel'), minutesAgo: 7 * HOURS },
  { student: student('Elif Şahin', 'elif.sahin'), minutesAgo: 2 * DAYS },
].map((talk) => ({ ...talk, admin: 'sara' as const, lines: [] }));
