import type { NotificationPreferences } from '@support-chat/contracts';

/** Whether nobody is to be disturbed at this moment, by the clocks of their time zone. */
export function isQuiet(
  { quiet_hours: hours, time_zone: timeZone }: NotificationPreferences,
  at: Date,
): boolean {
  if (!hours) return false;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const now = clock.format(at);
  const [isFrom, isUntil] = [now >= hours.start, now < hours.end];
  return hours.start < hours.end ? isFrom && isUntil : isFrom || isUntil;
}
