import { API_ROUTES, type Conversation, type Message, type Session } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { TEST_PASSWORD } from '../../support/test-app';
import { call, type CallOptions, type Reply } from './call';

/** Where the API is at present; a restart may move it. */
export interface Target {
  origin: string;
}

/** Somebody with an account, over the network. */
export class Chatter {
  private constructor(
    readonly target: Target,
    readonly session: Session,
  ) {}

  static async register(target: Target, name: string): Promise<Chatter> {
    const body = { email: `${randomUUID()}@school.test`, password: TEST_PASSWORD, name };
    return Chatter.enter(target, API_ROUTES.register, body);
  }

  static async login(target: Target, who: { email: string; password: string }): Promise<Chatter> {
    return Chatter.enter(target, API_ROUTES.login, who);
  }

  private static async enter(target: Target, path: string, body: unknown): Promise<Chatter> {
    const reply = await call<Session>(target.origin, path, { method: 'POST', body });
    if (reply.status >= 300) throw new Error(`${path} answered ${reply.status}.`);
    return new Chatter(target, reply.body);
  }

  /** The same person at another instance. */
  at(target: Target): Chatter {
    return new Chatter(target, this.session);
  }

  get token(): string {
    return this.session.access_token;
  }

  async get<T>(path: string, options: CallOptions = {}): Promise<Reply<T>> {
    return call<T>(this.target.origin, path, { token: this.token, ...options });
  }

  async post<T>(path: string, body?: unknown, options: CallOptions = {}): Promise<Reply<T>> {
    return this.get<T>(path, { method: 'POST', body, ...options });
  }

  /** The student's own conversation. */
  async conversation(): Promise<Conversation> {
    return (await this.get<Conversation>(API_ROUTES.myConversation)).body;
  }

  async send(
    conversationId: number,
    content: string,
    clientMessageId: string = randomUUID(),
  ): Promise<Reply<Message>> {
    return this.post<Message>(API_ROUTES.messages(conversationId), {
      content,
      client_message_id: clientMessageId,
    });
  }
}
