/** IANA names only: an offset such as `+02:00` has no daylight saving time. */
const NAME = /^[A-Za-z][\w+/-]{0,63}$/;

/** Whether this Node knows a time zone by that name. */
export function isTimeZone(name: string): boolean {
  if (!NAME.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
