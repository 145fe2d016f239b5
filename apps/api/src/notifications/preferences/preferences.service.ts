import { Injectable } from '@nestjs/common';
import type { NotificationPreferences, NotificationPreferencesBody } from '@support-chat/contracts';
import { Database, type Statement } from '../../platform/database/database';
import { preferencesColumns, toPreferences, type PreferencesRow } from './preferences.row';
import { findTimeZone } from './time-zone';

/** $1 user. No row for somebody who never changed any. */
const FIND: Statement = {
  name: 'notification-preferences',
  text: `SELECT ${preferencesColumns('p')} FROM notification_preferences p WHERE user_id = $1`,
};

/** $1 user */
const START: Statement = {
  name: 'notification-preferences-start',
  text: 'INSERT INTO notification_preferences (user_id) VALUES ($1) ON CONFLICT DO NOTHING',
};

/** $1 user; of the others, null leaves things as they are. $5 whether the quiet hours change. */
const CHANGE: Statement = {
  name: 'notification-preferences-change',
  text: `UPDATE notification_preferences p SET
      sound = coalesce($2, sound), push = coalesce($3, push), email = coalesce($4, email),
      quiet_start = CASE WHEN $5::boolean THEN $6 ELSE quiet_start END,
      quiet_end = CASE WHEN $5::boolean THEN $7 ELSE quiet_end END,
      time_zone = coalesce($8, time_zone), language = coalesce($9, language)
    WHERE user_id = $1 RETURNING ${preferencesColumns('p')}`,
};

/** How each person wants to be told. */
@Injectable()
export class PreferencesService {
  constructor(private readonly database: Database) {}

  async get(userId: number): Promise<NotificationPreferences> {
    const [row] = await this.database.rows<PreferencesRow>(FIND, [userId]);
    return toPreferences(row);
  }

  /** Changes only what is given. */
  async change(
    userId: number,
    body: NotificationPreferencesBody,
  ): Promise<NotificationPreferences> {
    const { sound, push, email, quiet_hours: quiet, time_zone: zone, language } = body;
    return this.database.transaction(async (transaction) => {
      await transaction.rows(START, [userId]);
      const hours = [quiet !== undefined, quiet?.start ?? null, quiet?.end ?? null];
      const [row] = await transaction.rows<PreferencesRow>(CHANGE, [
        userId,
        ...[sound ?? null, push ?? null, email ?? null],
        ...hours,
        ...[zone === undefined ? null : findTimeZone(zone), language ?? null],
      ]);
      return toPreferences(row);
    });
  }
}
