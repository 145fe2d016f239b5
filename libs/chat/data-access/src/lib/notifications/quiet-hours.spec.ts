import type { NotificationPreferences } from '@support-chat/contracts';
import { isQuiet } from './quiet-hours';

function at(time: string, quiet: NotificationPreferences['quiet_hours'], zone = 'UTC'): boolean {
  const preferences = { quiet_hours: quiet, time_zone: zone } as NotificationPreferences;
  return isQuiet(preferences, new Date(time));
}

const NIGHT = { start: '22:00', end: '07:00' };

describe('ux-42 quiet hours', () => {
  it('are never without any', () => {
    expect(at('2026-11-22T03:00:00Z', null)).toBe(false);
  });

  it('begin with their first minute and end with their last', () => {
    const noon = { start: '12:00', end: '13:00' };
    const times = ['11:59:59', '12:00:00', '12:59:59', '13:00:00'];
    expect(times.map((time) => at(`2026-11-22T${time}Z`, noon))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('go on over midnight', () => {
    const times = ['21:59:59', '22:00:00', '00:00:00', '06:59:59', '07:00:00'];
    expect(times.map((time) => at(`2026-11-22T${time}Z`, NIGHT))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('are the whole day when they end as they begin', () => {
    expect(at('2026-11-22T12:00:00Z', { start: '08:00', end: '08:00' })).toBe(true);
  });

  it('follow the clocks of the person’s time zone, in summer and in winter', () => {
    const seven = ['2026-07-01T04:59:00Z', '2026-07-01T05:00:00Z', '2026-12-01T05:30:00Z'];
    expect(seven.map((time) => at(time, NIGHT, 'Europe/Berlin'))).toEqual([true, false, true]);
  });
});
