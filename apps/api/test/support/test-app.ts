import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Problem, Session, UserRole } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { UserDirectory } from '../../src/auth';
import { createApp } from '../../src/configure-app';
import { loadSettings } from '../../src/platform/config/load-settings';
import { Settings } from '../../src/platform/config/settings';
import { connectDatabase } from '../../src/platform/database/connect';
import { newInstanceName } from '../../src/platform/database/instance-name';
import { NewsBus } from '../../src/platform/bus/news-bus';
import { createTestDatabase } from './test-database';

export const TEST_JWT_SECRET = 'test-secret-0123456789-abcdefghijklmnop';
export const TEST_PASSWORD = 'correct horse battery';

export interface Answer<T = unknown> {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  /** Parsed JSON, or undefined for an empty body. */
  body: T;
  text: string;
}

/** Someone who calls the API with their token. */
export interface Person {
  id: number;
  email: string;
  name: string;
  token: string;
  get<T>(path: string, headers?: Record<string, string>): Promise<Answer<T>>;
  post<T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  put<T>(path: string, body?: unknown): Promise<Answer<T>>;
  patch<T>(path: string, body?: unknown): Promise<Answer<T>>;
  delete<T>(path: string, body?: unknown): Promise<Answer<T>>;
}

/** The whole API on a database of its own; `close` takes both away. */
export interface TestApp {
  app: NestFastifyApplication;
  dataSource: DataSource;
  databaseUrl: string;
  /** The same database past the application, as another process would use it. */
  outside: Pool;
  request<T>(options: RequestOptions): Promise<Answer<T>>;
  person(role?: UserRole, name?: string): Promise<Person>;
  close(): Promise<void>;
}

export interface RequestOptions {
  method: string;
  path: string;
  headers?: Record<string, string>;
  /** An object is sent as JSON; text and bytes as they are. */
  body?: unknown;
}

/**
 * Starts the API as production does; rate limits are off unless a test is about them.
 * @param portBefore puts something in front of the database, and tells on which port it listens
 * @param isNewsAwaited false where news cannot come yet
 */
export async function createTestApp(
  overrides: Partial<Settings> = {},
  portBefore?: (database: URL) => Promise<number>,
  isNewsAwaited = true,
): Promise<TestApp> {
  const database = await createTestDatabase();
  const url = new URL(database.url);
  if (portBefore) url.port = String(await portBefore(url));
  const dataSource = await connectDatabase(url.href, { applicationName: newInstanceName() });
  const outside = new Pool({ connectionString: database.url, max: 1 });
  // Tests cut connections; the next query opens another.
  outside.on('error', () => undefined);
  const environment = { LOG_LEVEL: 'fatal', RATE_LIMITS: 'off', METRICS: 'on' };
  const dataDir = join(tmpdir(), `support-chat-${randomUUID()}`);
  const settings = Object.assign(
    loadSettings({ ...environment, DATA_DIR: dataDir }, '/nonexistent/.env'),
    overrides,
  );
  const resources = { settings, dataSource, databaseUrl: url.href, jwtSecret: TEST_JWT_SECRET };
  const app = await createApp(resources, null);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  if (isNewsAwaited) await freshNews(app);
  const request = async <T>(options: RequestOptions): Promise<Answer<T>> => inject<T>(app, options);
  return {
    app,
    dataSource,
    databaseUrl: database.url,
    outside,
    request,
    person: async (role = 'user', name = role === 'admin' ? 'Ada Admin' : 'Sam Student') =>
      signIn(app, request, role, name),
    close: async () => {
      await app.close();
      await outside.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A second process on the same database, as another instance behind a proxy would be. */
export async function createSecondApp(first: TestApp): Promise<NestFastifyApplication> {
  const dataSource = await connectDatabase(first.databaseUrl, {
    applicationName: newInstanceName(),
  });
  const settings = first.app.get(Settings);
  const app = await createApp(
    { settings, dataSource, databaseUrl: first.databaseUrl, jwtSecret: TEST_JWT_SECRET },
    null,
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  await freshNews(app);
  return app;
}

/** The problem body of an answer. */
export function problemOf(answer: Answer): Problem {
  return answer.body as Problem;
}

async function inject<T>(app: NestFastifyApplication, options: RequestOptions): Promise<Answer<T>> {
  const { method, path, body } = options;
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const response = await app.inject({
    method: method as 'GET',
    url: path,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body !== undefined && { payload: isRaw ? body : JSON.stringify(body) }),
  });
  const isJson = String(response.headers['content-type']).includes('json');
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    body: (isJson && response.body !== '' ? JSON.parse(response.body) : undefined) as T,
  };
}

async function signIn(
  app: NestFastifyApplication,
  request: TestApp['request'],
  role: UserRole,
  name: string,
): Promise<Person> {
  const email = `${randomUUID()}@school.test`;
  const users = app.get(UserDirectory);
  await users.create({ email, name, role, password: TEST_PASSWORD });
  const login = await request<Session>({
    method: 'POST',
    path: '/api/auth/login/',
    body: { email, password: TEST_PASSWORD },
  });
  const { access_token: token, user } = login.body;
  const authorization = { authorization: `Bearer ${token}` };
  return {
    id: user.id,
    email,
    name,
    token,
    get: async (path, headers = {}) =>
      request({ method: 'GET', path, headers: { ...authorization, ...headers } }),
    post: async (path, body, headers = {}) =>
      request({ method: 'POST', path, body, headers: { ...authorization, ...headers } }),
    put: async (path, body) => request({ method: 'PUT', path, body, headers: authorization }),
    patch: async (path, body) => request({ method: 'PATCH', path, body, headers: authorization }),
    delete: async (path, body) => request({ method: 'DELETE', path, body, headers: authorization }),
  };
}

/** Idle answers come from memory only once the news connection stands. */
async function freshNews(app: NestFastifyApplication): Promise<void> {
  const bus = app.get(NewsBus);
  while (!bus.isFresh) await new Promise((resolve) => setTimeout(resolve, 5));
}
