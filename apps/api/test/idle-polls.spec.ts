import { jest } from '@jest/globals';
import { API_ROUTES, type Conversation } from '@support-chat/contracts';
import { NewsBus } from '../src/platform/bus/news-bus';
import { ConversationAccessGuard } from '../src/chat/access/conversation-access.guard';
import { AccessGuard } from '../src/auth/access/access.guard';
import { createTestApp, type Person, type TestApp } from './support/test-app';

let api: TestApp;
let origin: string;
let student: Person;
let stranger: Person;
let admin: Person;
let id: number;

/** Over a real connection: what stands before the framework is not reached by `inject`. */
async function ask(
  who: Person,
  path: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const authorization = `Bearer ${who.token}`;
  return fetch(`${origin}${path}`, { headers: { authorization, ...headers } });
}

/** Asks until memory is warm and the headers of the route are known, then tells the version. */
async function warm(who: Person, path: string): Promise<Record<string, string>> {
  const tag = (await ask(who, path)).headers.get('etag');
  const headers: Record<string, string> = tag === null ? {} : { 'if-none-match': tag };
  await ask(who, path, headers);
  return headers;
}

async function updatesPath(): Promise<string> {
  const { body } = await admin.get<Conversation>(API_ROUTES.conversation(id));
  return `${API_ROUTES.updates(id)}?after=${body.revision}`;
}

/** Whether the framework, with its guards, had to do with what `action` asked. */
async function reachesFramework(action: () => Promise<unknown>): Promise<boolean> {
  const guards = [
    jest.spyOn(AccessGuard.prototype, 'canActivate'),
    jest.spyOn(ConversationAccessGuard.prototype, 'canActivate'),
  ];
  await action();
  const isReached = guards.some(({ mock }) => mock.calls.length > 0);
  for (const guard of guards) guard.mockRestore();
  return isReached;
}

beforeAll(async () => {
  api = await createTestApp();
  await api.app.listen(0, '127.0.0.1');
  origin = await api.app.getUrl();
  [student, stranger, admin] = [
    await api.person(),
    await api.person(),
    await api.person('admin'),
  ] as const;
  id = (await student.get<Conversation>(API_ROUTES.myConversation)).body.id;
  await student.post(API_ROUTES.messages(id), { content: 'hello' });
});

afterAll(async () => api.close());

interface Poll {
  name: string;
  status: number;
  who: () => Person;
  pathOf: () => string | Promise<string>;
}

const POLLS: Poll[] = [
  { name: 'updates', status: 204, who: () => student, pathOf: updatesPath },
  { name: 'unread count', status: 304, who: () => student, pathOf: () => API_ROUTES.unreadCount },
  {
    name: 'list of conversations',
    status: 304,
    who: () => admin,
    pathOf: () => `${API_ROUTES.conversations}?cursor=&page_size=30`,
  },
];

describe('an idle poll', () => {
  it.each(POLLS)(
    '$name: never enters the framework, and gets the very headers it would give',
    async ({ status, pathOf, who }) => {
      const path = await pathOf();
      const known = await warm(who(), path);
      const ordinary = await ask(who(), path, { ...known, origin: 'https://elsewhere.test' });
      let idle = ordinary;
      const isOrdinary = await reachesFramework(async () => {
        idle = await ask(who(), path, { ...known, 'x-request-id': 'my-own-request' });
      });
      expect(isOrdinary).toBe(false);
      expect([ordinary.status, idle.status]).toEqual([status, status]);
      expect(idle.headers.get('x-request-id')).toBe('my-own-request');
      expect(comparable(idle)).toEqual(comparable(ordinary));
    },
  );

  it('finds what is new at once', async () => {
    const path = await updatesPath();
    await warm(student, path);
    await admin.post(API_ROUTES.messages(id), { content: 'good morning' });
    expect((await ask(student, path)).status).toBe(200);
  });

  it('of a stranger, of nobody, of a later revision or by another method is the guards’ to judge', async () => {
    const path = await updatesPath();
    await warm(student, path);
    await ask(stranger, path);
    expect((await ask(stranger, path)).status).toBe(404);
    expect((await fetch(`${origin}${path}`)).status).toBe(401);
    expect((await ask(student, `${path}0`)).status).toBe(409);
    const authorization = `Bearer ${student.token}`;
    const post = await fetch(`${origin}${path}`, { method: 'POST', headers: { authorization } });
    expect(post.status).toBe(405);
  });

  it('of a student for the list of conversations is refused', async () => {
    const known = await warm(admin, API_ROUTES.conversations);
    await ask(student, API_ROUTES.conversations, known);
    expect((await ask(student, API_ROUTES.conversations, known)).status).toBe(403);
  });

  it('asks the database while news may be missed', async () => {
    const path = await updatesPath();
    await warm(student, path);
    const fresh = jest.spyOn(api.app.get(NewsBus), 'isFresh', 'get').mockReturnValue(false);
    const isOrdinary = await reachesFramework(async () => {
      expect((await ask(student, path)).status).toBe(204);
    });
    fresh.mockRestore();
    expect(isOrdinary).toBe(true);
  });

  it('is refused once its sign-in has ended', async () => {
    const path = await updatesPath();
    await warm(student, path);
    await api.outside.query(
      'UPDATE auth_refresh_token SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL',
      [student.id],
    );
    const statuses = new Set<number>();
    while (!statuses.has(401)) statuses.add((await ask(student, path)).status);
    expect([...statuses].filter((status) => status !== 204)).toEqual([401]);
  });

  it('is counted like any other request', async () => {
    const path = API_ROUTES.unreadCount;
    const known = await warm(admin, path);
    const before = await countIdle();
    await ask(admin, path, known);
    expect(await countIdle()).toBe(before + 1);
  });
});

async function countIdle(): Promise<number> {
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  const line = /_http_request_duration_seconds_count\{[^}]*unread-count",status="304"\} (\d+)/;
  return Number(line.exec(metrics)?.[1]);
}

/** All headers but those that are each answer's own. */
function comparable(response: Response): [string, string][] {
  const own = ['x-request-id', 'date'];
  return [...response.headers].filter(([name]) => !own.includes(name));
}
