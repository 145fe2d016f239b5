import { describe, expect, it } from '@jest/globals';
import type { NotificationPreferences } from '@support-chat/contracts';
import fc from 'fast-check';
import { lookAgainInQuiet, quietUntil } from './quiet-hours';

const MINUTE_MS = 60_000;
/** With changes of the clock by an hour, by half an hour, at midnight, and none. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'UTC',
];

function preferences(start: string, end: string, time_zone: string): NotificationPreferences {
  const quiet_hours = { start, end };
  return { sound: true, push: true, email: true, quiet_hours, time_zone, language: 'en' };
}

/** Minute by minute, by the wall's clock alone. */
function isQuietAt({ quiet_hours, time_zone }: NotificationPreferences, at: Date): boolean {
  const options = { timeZone: time_zone, hour: '2-digit', minute: '2-digit' } as const;
  const time = at.toLocaleTimeString('en-GB', { ...options, hourCycle: 'h23' });
  const { start, end } = quiet_hours ?? { start: '', end: '' };
  return start < end ? time >= start && time < end : time >= start || time < end;
}

describe('lookAgainInQuiet', () => {
  const again = (now: string): string | undefined =>
    lookAgainInQuiet(preferences('22:00', '07:00', 'UTC'), new Date(now))?.toISOString();

  it('is a quarter of an hour on, or the end if that is sooner, or never', () => {
    expect(again('2026-11-22T23:30:20Z')).toBe('2026-11-22T23:45:20.000Z');
    expect(again('2026-11-22T06:50:00Z')).toBe('2026-11-22T07:00:00.000Z');
    expect(again('2026-11-22T07:00:00Z')).toBeUndefined();
  });
});

describe('quietUntil', () => {
  const until = (start: string, end: string, zone: string, now: string): string | undefined =>
    quietUntil(preferences(start, end, zone), new Date(now))?.toISOString();

  it('is never without quiet hours', () => {
    const none = { ...preferences('00:00', '23:59', 'UTC'), quiet_hours: null };
    expect(quietUntil(none, new Date())).toBeNull();
  });

  it('knows a night over midnight, and a nap', () => {
    expect(until('22:00', '07:00', 'UTC', '2026-11-22T23:30:20Z')).toBe('2026-11-23T07:00:00.000Z');
    expect(until('22:00', '07:00', 'UTC', '2026-11-22T06:59:59Z')).toBe('2026-11-22T07:00:00.000Z');
    expect(until('22:00', '07:00', 'UTC', '2026-11-22T07:00:00Z')).toBeUndefined();
    expect(until('13:00', '14:00', 'UTC', '2026-11-22T13:00:00Z')).toBe('2026-11-22T14:00:00.000Z');
    expect(until('13:00', '14:00', 'UTC', '2026-11-22T12:59:00Z')).toBeUndefined();
  });

  it('goes by UTC in a zone that this Node does not know', () => {
    const noon = '2026-11-22T12:30:00Z';
    expect(until('12:00', '13:00', 'Mars/Olympus', noon)).toBe('2026-11-22T13:00:00.000Z');
  });

  it('ends by the clock on the wall in nights of 23 and of 25 hours', () => {
    const berlin = 'Europe/Berlin';
    expect(until('22:00', '07:00', berlin, '2026-03-28T22:00:00Z')).toBe(
      '2026-03-29T05:00:00.000Z',
    );
    expect(until('22:00', '07:00', berlin, '2026-10-24T22:00:00Z')).toBe(
      '2026-10-25T06:00:00.000Z',
    );
    // The clock shows 02:30 twice, and on another night never.
    expect(until('01:00', '02:30', berlin, '2026-10-25T00:00:00Z')).toBe(
      '2026-10-25T00:30:00.000Z',
    );
    expect(until('01:00', '02:30', berlin, '2026-03-29T00:30:00Z')).toBe(
      '2026-03-29T01:00:00.000Z',
    );
  });

  it('is the first minute outside, whatever the zone, the hours and the moment', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const year = { min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true };
    fc.assert(
      fc.property(
        minute,
        minute,
        fc.constantFrom(...ZONES),
        fc.date(year),
        (from, to, zone, now) => {
          fc.pre(from !== to);
          const wanted = preferences(timeOf(from), timeOf(to), zone);
          const end = quietUntil(wanted, now);
          if (end === null) {
            expect(isQuietAt(wanted, now)).toBe(false);
            return;
          }
          expect(isQuietAt(wanted, end)).toBe(false);
          expect(end.getTime()).toBeGreaterThan(now.getTime());
          for (let at = now.getTime(); at < end.getTime(); at += 7 * MINUTE_MS) {
            expect(isQuietAt(wanted, new Date(at))).toBe(true);
          }
          expect(isQuietAt(wanted, new Date(end.getTime() - MINUTE_MS))).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

function timeOf(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
