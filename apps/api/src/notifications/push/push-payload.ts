import {
  APP_ROUTES,
  TEST_PUSH_TAG,
  truncateCodePoints,
  type NotificationLanguage,
  type PushPayload,
  type UserRole,
} from '@support-chat/contracts';
import { conversationPath } from '../telling/conversation-path';
import { NOTICE_TEXTS } from '../telling/texts';
import type { Telling } from '../telling/telling';
import type { Unread } from '../telling/unread.row';

const MAX_TEXT = 120;

/** What a device shows. Names and text only where the operator wants them on locked screens. */
export function pushPayload(
  { conversationId, toAdmins }: Telling,
  { preferences, count, seq, senderName, content }: Unread,
  withText: boolean,
): PushPayload {
  const texts = NOTICE_TEXTS[preferences.language];
  const shown = withText
    ? { title: senderName, body: truncateCodePoints(content, MAX_TEXT) || texts.push.body }
    : { title: texts.unread(count), body: texts.push.body };
  const url = conversationPath(conversationId, toAdmins);
  return {
    notification: {
      ...shown,
      tag: `conversation-${conversationId}`,
      renotify: true,
      data: {
        onActionClick: { default: { operation: 'focusLastFocusedOrOpen', url } },
        conversation_id: conversationId,
        seq,
      },
    },
  };
}

/** What a device shows when its owner tries it. A press opens the start of their app. */
export function testPayload(language: NotificationLanguage, role: UserRole): PushPayload {
  const url = role === 'admin' ? APP_ROUTES.admin : APP_ROUTES.support;
  return {
    notification: {
      ...NOTICE_TEXTS[language].test,
      tag: TEST_PUSH_TAG,
      renotify: true,
      data: { onActionClick: { default: { operation: 'focusLastFocusedOrOpen', url } } },
    },
  };
}
