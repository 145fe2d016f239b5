import type { NotificationLanguage, NotificationPreferences } from '@support-chat/contracts';

/** Columns of `notification_preferences`; all null where a left join finds none. */
export interface PreferencesRow {
  sound: boolean | null;
  push: boolean | null;
  email: boolean | null;
  quiet_start: string | null;
  quiet_end: string | null;
  time_zone: string | null;
  language: NotificationLanguage | null;
}

/** The select list. @param table its alias */
export function preferencesColumns(table: string): string {
  return ['sound', 'push', 'email', 'quiet_start', 'quiet_end', 'time_zone', 'language']
    .map((column) => `${table}.${column}`)
    .join(', ');
}

/** The same as the table's defaults. */
const DEFAULTS: NotificationPreferences = {
  sound: true,
  push: true,
  email: true,
  quiet_hours: null,
  time_zone: 'UTC',
  language: 'en',
};

/** @param row undefined for somebody who never changed any */
export function toPreferences(row: PreferencesRow | undefined): NotificationPreferences {
  if (!row) return DEFAULTS;
  const { quiet_start: start, quiet_end: end } = row;
  return {
    sound: row.sound ?? DEFAULTS.sound,
    push: row.push ?? DEFAULTS.push,
    email: row.email ?? DEFAULTS.email,
    quiet_hours: start === null || end === null ? null : { start, end },
    time_zone: row.time_zone ?? DEFAULTS.time_zone,
    language: row.language ?? DEFAULTS.language,
  };
}
