import type { LoginBody, RegisterBody, Session, User } from '@support-chat/contracts';
import type { Answer, TestApp } from './test-app';

/** A browser's side of the auth routes: keeps cookies as they are set, sends them back. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly api: TestApp,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** Another one with the same cookies, as a second tab or a thief has them. */
  copy(): Browser {
    const copy = new Browser(this.api, this.headers);
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    return copy;
  }

  async register(body: RegisterBody): Promise<Answer<Session>> {
    return this.post('/api/auth/register/', body);
  }

  async login(body: LoginBody): Promise<Answer<Session>> {
    return this.post('/api/auth/login/', body);
  }

  async refresh(): Promise<Answer<Session>> {
    return this.post('/api/auth/refresh/');
  }

  async logout(headers: Record<string, string> = {}): Promise<Answer> {
    return this.post('/api/auth/logout/', undefined, headers);
  }

  async me(token: string): Promise<Answer<User>> {
    const headers = { authorization: `Bearer ${token}` };
    return this.api.request({ method: 'GET', path: '/api/auth/me/', headers });
  }

  async post<T>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.api.request<T>({
      method: 'POST',
      path,
      body,
      headers: { ...this.headers, ...(cookie !== '' && { cookie }), ...headers },
    });
    for (const set of setCookies(answer)) this.keep(set);
    return answer;
  }

  private keep(setCookie: string): void {
    const [pair = ''] = setCookie.split(';');
    const [name = '', value = ''] = pair.split('=');
    if (/max-age=0(;|$)/i.test(setCookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** Every `Set-Cookie` header of an answer. */
export function setCookies({ headers }: Answer): string[] {
  const values = headers['set-cookie'];
  if (values === undefined) return [];
  return Array.isArray(values) ? values : [String(values)];
}
