/** Paths of the API as clients call them; the controllers declare the same ones and a test compares. */
export const API_ROUTES = {
  register: '/api/auth/register/',
  login: '/api/auth/login/',
  refresh: '/api/auth/refresh/',
  logout: '/api/auth/logout/',
  me: '/api/auth/me/',
  myConversation: '/api/chat/conversation/',
  conversations: '/api/chat/conversations/',
  conversation: (id: number) => `/api/chat/conversations/${id}/`,
  messages: (id: number) => `/api/chat/conversations/${id}/messages/`,
  updates: (id: number) => `/api/chat/conversations/${id}/updates/`,
  markConversationRead: (id: number) => `/api/chat/conversations/${id}/mark-read/`,
  delivered: (id: number) => `/api/chat/conversations/${id}/delivered/`,
  conversationUnreadCount: (id: number) => `/api/chat/conversations/${id}/unread-count/`,
  markMessagesRead: '/api/chat/messages/mark-read/',
  unreadCount: '/api/chat/unread-count/',
  /** POST, `multipart/form-data` with one part `file`. */
  uploads: (conversationId: number) => `/api/chat/conversations/${conversationId}/attachments/`,
  /** DELETE, by its uploader, until it is sent. */
  attachment: (id: number) => `/api/chat/attachments/${id}/`,
  attachmentContent: (id: number) => `/api/chat/attachments/${id}/content/`,
  attachmentThumbnail: (id: number) => `/api/chat/attachments/${id}/thumbnail/`,
  /** POST; gives an `AttachmentLink`. */
  attachmentLink: (id: number) => `/api/chat/attachments/${id}/link/`,
  attachmentPolicy: '/api/chat/attachment-policy/',
  /** PUT, admins. */
  changeAttachmentPolicy: '/api/admin/attachment-policy/',
  latestUnread: '/api/chat/unread/',
  notificationChannels: '/api/notifications/channels/',
  /** GET and PATCH. */
  notificationPreferences: '/api/notifications/preferences/',
  /** PUT adds or renews this device, DELETE with `{ endpoint }` takes it away. */
  pushSubscriptions: '/api/notifications/push-subscriptions/',
  /** POST with `{ endpoint }` of this device: one real push at once, and what came of it. */
  pushTest: '/api/notifications/push-subscriptions/test/',
  /** The page of the link in every mail (`?token=`): GET shows it, POST ends the mails (RFC 8058). */
  unsubscribe: '/api/notifications/unsubscribe/',
  closeConversation: (id: number) => `/api/admin/conversations/${id}/close/`,
} as const;

/** Filters of the console's list, all optional, combined with "and". */
export interface ConversationListQuery {
  /** Only conversations with messages no admin has read. */
  unread?: boolean;
  /** Only active (`true`) or only ended (`false`) ones. */
  active?: boolean;
  /** Only conversations that have messages. */
  has_messages?: boolean;
  /** Part of the student's name or e-mail address, literally, without regard to case. */
  search?: string;
  page?: number;
  page_size?: number;
  /** Opaque position from a `next` link; instead of `page`. */
  cursor?: string;
}

/** Addresses of the two apps. */
export const APP_ROUTES = { support: '/contact', admin: '/admin/chat' } as const;
