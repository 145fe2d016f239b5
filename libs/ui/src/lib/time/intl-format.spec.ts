import { dayNumber, formatDay, formatExact, formatShort, formatTime } from './intl-format';

/** Local wall-clock time, so that the test says the same in every zone. */
const at = (day: number, hour: number, minute = 0, month = 10, year = 2026): Date =>
  new Date(year, month, day, hour, minute);

/** ICU puts a narrow no-break space before AM and PM. */
const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('dates and times', () => {
  const now = at(22, 15);

  it('ux-58 writes the clock as the locale does, 12 or 24 hours', () => {
    expect(formatTime(at(22, 14, 2), 'en-GB')).toBe('14:02');
    expect(plain(formatTime(at(22, 14, 2), 'en-US'))).toBe('2:02 PM');
  });

  it('ux-14 says Today and Yesterday, then the date in words', () => {
    expect(formatDay(at(22, 0, 1), 'en-GB', now)).toBe('Today');
    expect(formatDay(at(21, 23, 59), 'en-GB', now)).toBe('Yesterday');
    expect(formatDay(at(20, 12), 'en-GB', now)).toBe('Friday 20 November');
    expect(formatDay(at(20, 12, 0, 10, 2025), 'en-GB', now)).toMatch(
      /^Thursday,? 20 November 2025$/u,
    );
    expect(formatDay(at(22, 12), 'ar', now)).toBe('اليوم');
  });

  it('ux-3 shortens with age', () => {
    const short = (moment: Date): string => formatShort(moment, 'en-GB', now);
    expect(short(new Date(now.getTime() - 20_000))).toBe('now');
    expect(short(at(22, 14, 48))).toMatch(/^12\s?min/u);
    expect(short(at(22, 9, 5))).toBe('09:05');
    expect(short(at(19, 9))).toBe('Thu');
    expect(short(at(2, 9))).toBe('2 Nov');
    expect(short(at(2, 9, 0, 10, 2025))).toBe('2 Nov 2025');
  });

  it('takes a clock that runs ahead of ours for now', () => {
    expect(formatShort(new Date(now.getTime() + 5_000), 'en-GB', now)).toBe('now');
  });

  it('ux-58 names date, seconds and zone in the exact form', () => {
    expect(formatExact(at(22, 14, 2), 'en-GB')).toMatch(
      /^Sunday,? 22 November 2026 at 14:02:00 \S+$/u,
    );
  });

  it('counts calendar days, not spans of 24 hours', () => {
    expect(dayNumber(at(22, 0)) - dayNumber(at(21, 23, 59))).toBe(1);
    expect(dayNumber(at(29, 12, 0, 2)) - dayNumber(at(28, 12, 0, 2))).toBe(1);
  });
});
