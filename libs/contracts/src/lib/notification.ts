import type { Conversation, Message } from './chat';

/** What waits for the caller: the bell's list, newest first, at most `LIMITS.unreadLatestMax`. */
export interface UnreadConversation {
  conversation: Conversation;
  /** The newest message the caller's side has not read; content cut as in `last_message`. */
  message: Message;
}

export interface LatestUnread {
  /** As `GET unread-count/` says. */
  unread_count: number;
  results: UnreadConversation[];
}

/** Local times of day, `HH:MM`; over midnight when the end is before the start. */
export interface QuietHours {
  start: string;
  end: string;
}

/** Languages of pushes and mails; those of the apps. */
export const NOTIFICATION_LANGUAGES = ['en', 'ar'] as const;
export type NotificationLanguage = (typeof NOTIFICATION_LANGUAGES)[number];

/** How one person wants to be told. */
export interface NotificationPreferences {
  sound: boolean;
  push: boolean;
  email: boolean;
  /** No push and no mail in this time; they come when it is over, if still unread. */
  quiet_hours: QuietHours | null;
  /** IANA name, such as `Europe/Berlin`. */
  time_zone: string;
  language: NotificationLanguage;
}

/** What is asked to be changed. In `quiet_hours`, null switches them off. */
export type NotificationPreferencesBody = Partial<NotificationPreferences>;

/** What this server can do, before anybody is asked for anything. */
export interface NotificationChannels {
  /** The VAPID public key (RFC 8292), base64url; null when push is switched off. */
  push_public_key: string | null;
  /** Mail is set up. */
  email: boolean;
}

/** One device, as `PushSubscription.toJSON()` gives it. */
export interface PushSubscriptionBody {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  /** Taken, since browsers give it, and not used: the push service says when a device is gone. */
  expirationTime?: number | null;
}

/** Names one of the caller's devices. */
export interface PushEndpointBody {
  endpoint: string;
}

/** The tag of a push that its reader asked for, to try a device. */
export const TEST_PUSH_TAG = 'test';

/** Plain text of a push; the service worker shows it. */
export interface PushPayload {
  /** The Angular service worker's own form. */
  notification: {
    title: string;
    body: string;
    /** One per conversation, or `TEST_PUSH_TAG`: the newer replaces the older. */
    tag: string;
    renotify: true;
    data: {
      onActionClick: { default: { operation: 'focusLastFocusedOrOpen'; url: string } };
      /** What this push tells of, up to the newest message; a test tells of none. */
      conversation_id?: number;
      seq?: number;
    };
  };
}
