/** Dates and times in the viewer's zone, as the locale writes them. All take RFC 3339 or a `Date`. */
export type Moment = string | Date;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAYS_BY_NAME = 6;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making an `Intl` object costs far more than using one. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

function write(moment: Moment, locale: string, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(locale, options).format(new Date(moment));
}

function sentenceCase(text: string, locale: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}

/** Number of the calendar day in the viewer's zone; a day of 23 or 25 hours still counts as one. */
export function dayNumber(moment: Moment): number {
  const date = new Date(moment);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (24 * HOUR);
}

/** `14:02` or `2:02 PM`. */
export function formatTime(moment: Moment, locale: string): string {
  return write(moment, locale, { timeStyle: 'short' });
}

/** Everything, with the zone: for hover, focus and screen readers. */
export function formatExact(moment: Moment, locale: string): string {
  return write(moment, locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
}

/** `Today`, `Yesterday`, else the date, with its year where that is not the present one. */
export function formatDay(moment: Moment, locale: string, now: Moment): string {
  const daysAgo = dayNumber(now) - dayNumber(moment);
  if (daysAgo === 0 || daysAgo === 1) {
    const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    return sentenceCase(words.format(-daysAgo, 'day'), locale);
  }
  const isThisYear = new Date(moment).getFullYear() === new Date(now).getFullYear();
  return write(moment, locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}

/** Short and relative, for a list: `now`, `5 min. ago`, `14:02`, `Tue`, `3 Nov`, `3 Nov 2025`. */
export function formatShort(moment: Moment, locale: string, now: Moment): string {
  const age = new Date(now).getTime() - new Date(moment).getTime();
  const daysAgo = dayNumber(now) - dayNumber(moment);
  if (age < HOUR) {
    const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' });
    return age < MINUTE
      ? words.format(0, 'second')
      : words.format(-Math.floor(age / MINUTE), 'minute');
  }
  if (daysAgo <= 0) return formatTime(moment, locale);
  if (daysAgo <= DAYS_BY_NAME) return write(moment, locale, { weekday: 'short' });
  const isThisYear = new Date(moment).getFullYear() === new Date(now).getFullYear();
  return write(moment, locale, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}
