import {
  API_ROUTES,
  type Conversation,
  type CursorPage,
  type Message,
  type Session,
  type UnreadCount,
} from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import type { SignIn } from './running-system';

/** Somebody who uses the API without a browser, to set a scene or to be the other side. */
export class ChatClient {
  private constructor(
    private readonly origin: string,
    readonly signIn: SignIn,
    private readonly session: Session,
  ) {}

  /** A new student. */
  static async register(origin: string, name: string): Promise<ChatClient> {
    const signIn = { email: `${randomUUID()}@school.test`, password: 'a long enough password' };
    const session = await call<Session>(origin, API_ROUTES.register, { ...signIn, name });
    return new ChatClient(origin, signIn, session);
  }

  static async login(origin: string, signIn: SignIn): Promise<ChatClient> {
    const session = await call<Session>(origin, API_ROUTES.login, signIn);
    return new ChatClient(origin, signIn, session);
  }

  get name(): string {
    return this.session.user.name;
  }

  /** A student's active conversation. */
  async conversation(): Promise<Conversation> {
    return this.get<Conversation>(API_ROUTES.myConversation);
  }

  async send(conversationId: number, content: string): Promise<Message> {
    const body = { content, client_message_id: randomUUID() };
    return this.post<Message>(API_ROUTES.messages(conversationId), body);
  }

  /** All messages, oldest first. */
  async messages(conversationId: number): Promise<Message[]> {
    const messages: Message[] = [];
    let path: string | null =
      `${API_ROUTES.messages(conversationId)}?before=999999999&page_size=100`;
    while (path !== null) {
      const page: CursorPage<Message> = await this.get(path);
      messages.push(...page.results);
      path = page.next;
    }
    return messages.reverse();
  }

  async markRead(conversationId: number): Promise<void> {
    await this.post(API_ROUTES.markConversationRead(conversationId), {});
  }

  async unreadCount(): Promise<number> {
    return (await this.get<UnreadCount>(API_ROUTES.unreadCount)).unread_count;
  }

  async find(search: string): Promise<Conversation> {
    const path = `${API_ROUTES.conversations}?search=${encodeURIComponent(search)}`;
    const { results } = await this.get<CursorPage<Conversation>>(path);
    const [first] = results;
    if (!first) throw new Error(`No conversation is found by "${search}".`);
    return first;
  }

  private async get<T>(path: string): Promise<T> {
    return call<T>(this.origin, path, undefined, this.session.access_token);
  }

  private async post<T>(path: string, body: object): Promise<T> {
    return call<T>(this.origin, path, body, this.session.access_token);
  }
}

async function call<T>(origin: string, path: string, body?: object, token?: string): Promise<T> {
  const response = await fetch(origin + path, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
