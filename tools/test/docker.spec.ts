import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const account = String(process.getuid?.() ?? 0);
/** It installs the packages anew. */
const INSTALL_WITHIN_MS = 400_000;
/** By the image, by the volume of secrets or by the file itself; or nothing for a container. */
const SETTLED = [
  'HOST',
  'DATABASE_URL',
  'DATA_DIR',
  'JWT_SECRET',
  'REDIS_URL',
  'RATE_LIMITS',
  'METRICS',
  'METRICS_PORT',
];
const SECRETS = ['api/jwt-secret', 'api/postgres-password', 'database/postgres-password'];

/** No container engine is needed: what runs inside the images are scripts, and they run here. */
describe('docker', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'support-chat-docker-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('every command of the image is a script that these tests can run', async () => {
    const dockerfile = await readFile(join(root, 'docker/Dockerfile'), 'utf8');
    const commands = dockerfile.match(/^(RUN|ENTRYPOINT|HEALTHCHECK).*$/gm);
    expect(commands).toEqual([
      'RUN docker/install.sh',
      'RUN docker/build.sh',
      'RUN docker/assemble.sh /app',
      expect.stringMatching(/^HEALTHCHECK .*CMD \["node", "docker\/healthcheck.mjs"\]$/),
      'ENTRYPOINT ["docker/entrypoint.sh"]',
    ]);
    for (const name of await readdir(join(root, 'docker'))) {
      if (name.endsWith('.sh')) await run('sh', ['-n', join(root, 'docker', name)]);
    }
  });

  it('compose opens one port, to this machine alone', async () => {
    const compose = await readFile(join(root, 'docker/compose.yml'), 'utf8');
    expect(compose.match(/ports:.*/g)).toEqual(["ports: ['127.0.0.1:${PORT:-3000}:3000']"]);
    expect(compose).not.toMatch(/METRICS|JWT_SECRET|:latest/);
  });

  it('compose for several servers opens the proxy alone, and sets only settings there are', async () => {
    const [compose, proxy, example] = await Promise.all(
      ['docker/compose.scale.yml', 'docker/nginx.conf', '.env.example'].map(async (name) =>
        readFile(join(root, name), 'utf8'),
      ),
    );
    expect(compose?.match(/ports:.*/g)).toEqual(["ports: ['127.0.0.1:${PORT:-3000}:8080']"]);
    expect(compose).not.toMatch(/METRICS|JWT_SECRET|:latest/);
    const environment = /x-api:[^]*?environment:\n([^]*?)\n {2}\w/.exec(compose ?? '')?.[1] ?? '';
    const set = [...environment.matchAll(/^ {4}([A-Z\d_]+):/gm)].map(([, name = '']) => name);
    const known = namesIn(example ?? '');
    expect(set).toEqual(expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'TRUST_PROXY']));
    expect(set.filter((name) => !known.includes(name))).toEqual([]);
    // What the servers trust is the network that the proxy is in.
    const [trusted] = /(?<=TRUST_PROXY: ).*/.exec(environment) ?? [];
    expect(compose).toContain(`subnet: ${trusted} }`);
    const servers = [...(proxy ?? '').matchAll(/^ +server (api-\d):3000 resolve;$/gm)];
    const services = [...(compose ?? '').matchAll(/^ {2}(api-\d): \*api$/gm)];
    expect(servers.map(([, name]) => name)).toEqual(services.map(([, name]) => name));
    expect(servers).toHaveLength(2);
    expect(proxy).toMatch(/proxy_set_header Upgrade \$http_upgrade;/);
    expect(proxy).not.toMatch(/^\s*(ip_hash|hash|sticky)\b/m);
  });

  it.each([
    ['compose.yml', []],
    // What the servers trust is the proxy beside them.
    ['compose.scale.yml', ['TRUST_PROXY']],
  ])('%s passes on every setting that is not settled there', async (name, settled) => {
    const [compose, example, operations] = await Promise.all(
      [`docker/${name}`, '.env.example', 'docs/operations.md'].map(async (path) =>
        readFile(join(root, path), 'utf8'),
      ),
    );
    const passed = [...(compose ?? '').matchAll(/^ +([A-Z\d_]+): \$\{\1:-\}$/gm)];
    const apart = ['PORT', ...SETTLED, ...settled];
    const wanted = namesIn(example ?? '').filter((setting) => !apart.includes(setting));
    expect(passed.map(([, setting]) => setting).sort()).toEqual(wanted.sort());
    const [told = ''] = /except `HOST`.*settle\b/.exec(operations ?? '') ?? [];
    expect(told.match(/[A-Z_]{3,}/g)?.sort()).toEqual([...SETTLED].sort());
  });

  it.each([
    ['compose.yml', 1],
    ['compose.scale.yml', 2],
  ])('the database of %s has room for as many workers as may be', async (name, servers) => {
    const [compose, example] = await Promise.all(
      [`docker/${name}`, '.env.example'].map(async (path) => readFile(join(root, path), 'utf8')),
    );
    const [workers] = /(?<=share the port, up to )\d+/.exec(example ?? '') ?? [];
    const [room] = /(?<=max_connections=)\d+/.exec(compose ?? '') ?? [];
    // Each has two for calls, one for news and two for jobs; a few stay for commands.
    expect(Number(room)).toBeGreaterThanOrEqual(servers * Number(workers) * 5 + 20);
  });

  it('keeps uploads in a volume that the server may write to', async () => {
    const dockerfile = await readFile(join(root, 'docker/Dockerfile'), 'utf8');
    expect(dockerfile).toMatch(
      /^COPY --from=build --chown=node:node \/app\/\.data \/app\/\.data$/m,
    );
    for (const name of ['compose.yml', 'compose.scale.yml']) {
      const compose = await readFile(join(root, 'docker', name), 'utf8');
      expect(compose).toContain("volumes: ['secrets:/secrets:ro', 'uploads:/app/.data']");
      expect(compose).toMatch(/^volumes:\n( {2}\w+:\n)* {2}uploads:\n/m);
    }
  });

  it('makes each secret once, for its reader alone, and keeps it', async () => {
    const make = async (): Promise<string[]> => {
      const secrets = join(folder, 'made');
      await run(join(root, 'docker/make-secrets.sh'), [secrets, account, account]);
      return Promise.all(SECRETS.map(async (name) => readFile(join(secrets, name), 'utf8')));
    };
    const [jwtSecret, ours, theirs] = await make();
    expect(jwtSecret).toMatch(/^[\w-]{48}\n$/);
    expect(ours).toMatch(/^[\w-]{48}\n$/);
    expect(theirs).toBe(ours);
    expect(jwtSecret).not.toBe(ours);
    for (const name of SECRETS) {
      expect((await stat(join(folder, 'made', name))).mode & 0o777).toBe(0o600);
    }
    for (const name of ['api', 'database']) {
      expect((await stat(join(folder, 'made', name))).mode & 0o777).toBe(0o700);
    }
    expect(await make()).toEqual([jwtSecret, ours, theirs]);
  });

  describe('the assembled application', () => {
    let database: ChildProcess;
    let url: URL;
    const app = (): string => join(folder, 'app');

    beforeAll(async () => {
      await run(join(root, 'docker/assemble.sh'), [app()], { cwd: root });
      ({ database, url } = await startDatabase(join(folder, 'data')));
      await makeSecrets(join(folder, 'secrets'), url.password);
      url.password = '';
    }, INSTALL_WITHIN_MS);

    afterAll(async () => {
      database.stdin?.end();
      await once(database, 'exit');
    });

    function entrypoint(...args: string[]): ChildProcess {
      return spawn(join(app(), 'docker/entrypoint.sh'), args, {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env['PATH'],
          NODE_ENV: 'production',
          PORT: '0',
          SECRETS: join(folder, 'secrets'),
          DATABASE_URL: url.href,
          LOG_LEVEL: 'warn',
        },
      });
    }

    it('serves with the secrets of the volume, tells its health, and stops in order', async () => {
      const server = entrypoint('serve');
      const origin = await originOf(server);
      expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
      expect((await fetch(`${origin}/contact`)).status).toBe(200);
      expect((await fetch(`${origin}/metrics`)).status).toBe(404);
      const { port } = new URL(origin);
      expect(await healthcheck(port)).toBe(0);
      server.kill('SIGTERM');
      expect(await once(server, 'exit')).toEqual([0, null]);
      expect(await healthcheck(port)).toBe(1);
    });

    it('runs the command line on the same database', async () => {
      const command = entrypoint('chat', '--help');
      let said = '';
      command.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      expect(await once(command, 'close')).toEqual([0, null]);
      expect(said).toMatch(/^Usage: chat COMMAND [^]*create-admin/);
    });

    async function healthcheck(port: string): Promise<number | null> {
      const check = spawn(process.execPath, [join(app(), 'docker/healthcheck.mjs')], {
        env: { PORT: port },
      });
      const [code] = (await once(check, 'exit')) as [number | null];
      return code;
    }
  });
});

/** The settings there are, by `.env.example`. */
function namesIn(example: string): string[] {
  return [...example.matchAll(/^#([A-Z\d_]+)=/gm)].map(([, name = '']) => name);
}

async function startDatabase(dataDir: string): Promise<{ database: ChildProcess; url: URL }> {
  const database = spawn(process.execPath, [join(root, 'dist/apps/api/embedded-postgres.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
  });
  const [line] = (await once(createInterface(database.stdout), 'line')) as [string];
  return { database, url: new URL(line.replace(/^ready /, '')) };
}

/** As make-secrets.sh lays them out, with the password that the database has. */
async function makeSecrets(folder: string, password: string): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'jwt-secret'), 'a-secret-of-the-test-and-long-enough\n');
  await writeFile(join(folder, 'postgres-password'), `${password}\n`);
}

/** The address in the block that the start prints. */
async function originOf(server: ChildProcess): Promise<string> {
  let said = '';
  server.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for (;;) {
    const origin = /http:\/\/[\w.]+:\d+/.exec(said)?.[0];
    if (origin !== undefined) return origin;
    if (server.exitCode !== null) throw new Error(`The server ended: ${said}`);
    await delay(20);
  }
}
