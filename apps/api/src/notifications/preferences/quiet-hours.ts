import type { NotificationPreferences, QuietHours } from '@support-chat/contracts';
import { findTimeZone } from './time-zone';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const LOOK_AGAIN_MS = 15 * MINUTE_MS;

/**
 * When to look again at what must not be told in the quiet time that `now` lies in: at its end, or
 * sooner, as its owner may change it meanwhile. Null outside of it.
 */
export function lookAgainInQuiet(preferences: NotificationPreferences, now: Date): Date | null {
  const end = quietUntil(preferences, now);
  return end && new Date(Math.min(end.getTime(), now.getTime() + LOOK_AGAIN_MS));
}

/**
 * When the quiet time that `now` lies in is over, or null outside of it. Times are those of the
 * clock on the person's wall: a night of 23 or 25 hours ends when that clock says so.
 */
export function quietUntil(
  { quiet_hours: quiet, time_zone }: NotificationPreferences,
  now: Date,
): Date | null {
  if (quiet === null) return null;
  // Another Node, which knew the zone, may have stored it.
  const clock = wallClock(findTimeZone(time_zone) ?? 'UTC');
  if (!isQuiet(quiet, wallMinute(clock, now))) return null;
  const end = minuteOf(quiet.end);
  // The clock may jump over the end, or show it twice: the first minute outside is looked for.
  let at = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
  for (let minute = wallMinute(clock, at); isQuiet(quiet, minute); minute = wallMinute(clock, at)) {
    const ahead = (end - minute + DAY_MINUTES) % DAY_MINUTES;
    at = new Date(at.getTime() + stepOf(ahead) * MINUTE_MS);
  }
  return at;
}

/** Far from the end in one go, up to where no change of the clock can be overlooked; then slowly. */
function stepOf(minutesAhead: number): number {
  return minutesAhead > 180 ? minutesAhead - 180 : 1;
}

function isQuiet({ start, end }: QuietHours, minute: number): boolean {
  const [from, to] = [minuteOf(start), minuteOf(end)];
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** @param time `HH:MM` @returns minutes since midnight */
function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** What the wall clocks of a time zone show. */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...hours });
}

/** In minutes since midnight. */
function wallMinute(clock: Intl.DateTimeFormat, at: Date): number {
  return minuteOf(clock.format(at));
}
