import type { NotificationPreferences } from '@support-chat/contracts';
import {
  preferencesColumns,
  toPreferences,
  type PreferencesRow,
} from '../preferences/preferences.row';
import { newestUnread } from './unread.sql';

/** What somebody has not read in a conversation, and how they want to hear of it. */
export interface Unread {
  preferences: NotificationPreferences;
  count: number;
  /** Of the newest message. */
  seq: number;
  senderName: string;
  content: string;
}

export type UnreadRow = PreferencesRow & {
  unread_count: number;
  seq: number;
  sender_name: string;
  content: string;
};

export const UNREAD_COLUMNS = `${preferencesColumns('p')}, m.seq, m.content,
  sender.name AS sender_name,
  CASE WHEN $3::boolean THEN c.admin_unread_count ELSE c.user_unread_count END AS unread_count`;

/**
 * Joins to a user `u` what is unread on their side ($3: as an admin) of conversation $2. No row when
 * it is all read, when they may not see it (any more), or are no longer active.
 */
export const UNREAD_TABLES = `JOIN chat_conversations c ON c.id = $2 AND u.is_active
    AND CASE WHEN $3::boolean THEN u.role = 'admin' ELSE u.id = c.user_id END
  JOIN LATERAL (${newestUnread('c.id', '$3::boolean')}) m ON true
  JOIN auth_user sender ON sender.id = m.sender_id
  LEFT JOIN notification_preferences p ON p.user_id = u.id`;

export function toUnread(row: UnreadRow): Unread {
  return {
    preferences: toPreferences(row),
    count: row.unread_count,
    seq: row.seq,
    senderName: row.sender_name,
    content: row.content,
  };
}
