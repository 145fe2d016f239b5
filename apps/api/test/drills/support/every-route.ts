import { API_ROUTES, type PushSubscriptionBody } from '@support-chat/contracts';
import { createECDH, randomBytes } from 'node:crypto';
import { TEST_PASSWORD } from '../../support/test-app';
import { call, type Reply } from './call';
import type { Chatter } from './chatter';
import { timed } from './figures';

export interface TimedReply {
  path: string;
  ms: number;
  reply: Reply<unknown>;
}

/** Of the right form; no push ever goes there. */
const DEVICE: PushSubscriptionBody = {
  endpoint: 'https://fcm.googleapis.com/fcm/send/drill',
  keys: {
    p256dh: createECDH('prime256v1').generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
  },
};

/** One request to each route that needs the database, all at once. */
export async function everyRoute(
  student: Chatter,
  admin: Chatter,
  conversationId: number,
): Promise<TimedReply[]> {
  const id = conversationId;
  const { origin } = student.target;
  const { email } = student.session.user;
  const login = { email, password: TEST_PASSWORD };
  const newcomer = { ...login, email: `new-${Date.now()}-${email}`, name: 'New' };
  const quieter = { method: 'PATCH', body: { sound: false } } as const;
  const subscribing = { method: 'PUT', body: DEVICE } as const;
  const stranger = { endpoint: `${DEVICE.endpoint}/unknown` };
  const leaving = { method: 'DELETE', body: stranger } as const;
  const requests: [string, () => Promise<Reply<unknown>>][] = [
    ['login', async () => call(origin, API_ROUTES.login, { method: 'POST', body: login })],
    ['register', async () => call(origin, API_ROUTES.register, { method: 'POST', body: newcomer })],
    ['me', async () => student.get(API_ROUTES.me)],
    ['my conversation', async () => student.get(API_ROUTES.myConversation)],
    ['new conversation', async () => student.post(API_ROUTES.myConversation)],
    ['list', async () => admin.get(API_ROUTES.conversations)],
    ['conversation', async () => student.get(API_ROUTES.conversation(id))],
    ['messages', async () => student.get(API_ROUTES.messages(id))],
    ['send', async () => student.send(id, 'x')],
    ['updates', async () => student.get(`${API_ROUTES.updates(id)}?after=0`)],
    ['mark conversation read', async () => admin.post(API_ROUTES.markConversationRead(id))],
    ['mark read', async () => admin.post(API_ROUTES.markMessagesRead, { message_ids: [1] })],
    ['delivered', async () => admin.post(API_ROUTES.delivered(id), { seq: 1 })],
    ['unread', async () => student.get(API_ROUTES.unreadCount)],
    ['unread of one', async () => student.get(API_ROUTES.conversationUnreadCount(id))],
    ['latest unread', async () => student.get(API_ROUTES.latestUnread)],
    ['upload', async () => student.post(API_ROUTES.uploads(id), file())],
    ['content', async () => student.get(API_ROUTES.attachmentContent(1))],
    ['thumbnail', async () => student.get(API_ROUTES.attachmentThumbnail(1))],
    ['link', async () => student.post(API_ROUTES.attachmentLink(1))],
    ['discard', async () => student.get(API_ROUTES.attachment(1), { method: 'DELETE' })],
    ['policy', async () => student.get(API_ROUTES.attachmentPolicy)],
    ['preferences', async () => student.get(API_ROUTES.notificationPreferences)],
    ['change preferences', async () => student.get(API_ROUTES.notificationPreferences, quieter)],
    ['subscribe', async () => student.get(API_ROUTES.pushSubscriptions, subscribing)],
    ['unsubscribe', async () => student.get(API_ROUTES.pushSubscriptions, leaving)],
    ['test push', async () => student.post(API_ROUTES.pushTest, stranger)],
    ['close', async () => admin.post(API_ROUTES.closeConversation(id))],
  ];
  return Promise.all(
    requests.map(async ([path, request]) => {
      const { ms, result } = await timed(request);
      return { path, ms, reply: result };
    }),
  );
}

function file(): FormData {
  const form = new FormData();
  form.append('file', new Blob(['a little']), 'a.txt');
  return form;
}
