import { APP_ROUTES } from '@support-chat/contracts';

/** Where somebody on this side reads the conversation: a path on our own origin. */
export function conversationPath(conversationId: number, toAdmins: boolean): string {
  return toAdmins ? `${APP_ROUTES.admin}/conversations/${conversationId}` : APP_ROUTES.support;
}
