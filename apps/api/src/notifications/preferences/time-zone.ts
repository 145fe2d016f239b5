/** IANA names only: an offset such as `+02:00` has no daylight saving time. */
const NAME = /^[A-Za-z][\w+/-]{0,63}$/;

/** The one spelling of a time zone's name, or null where this Node knows none of that name. */
export function findTimeZone(name: string): string | null {
  if (!NAME.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
