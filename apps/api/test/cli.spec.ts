import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../src/cli/commands';
import { startEmbeddedPostgres } from '../src/platform/database/embedded';
import { Browser } from './support/browser';
import { eventually } from './support/eventually';
import { runCommandLine, type CommandOutcome } from './support/run-command';
import { createTestApp, TEST_JWT_SECRET, TEST_PASSWORD, type TestApp } from './support/test-app';

describe('command line', () => {
  let api: TestApp;
  let folder: string;

  beforeAll(async () => {
    api = await createTestApp();
    folder = await mkdtemp(join(tmpdir(), 'support-chat-cli-'));
    for (const app of ['support', 'admin']) {
      await mkdir(join(folder, app, 'browser'), { recursive: true });
      await writeFile(join(folder, app, 'browser', 'index.html'), '');
    }
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });

  async function chat(
    args: string[],
    environment: Record<string, string> = {},
  ): Promise<CommandOutcome> {
    const own = {
      DATABASE_URL: api.databaseUrl,
      JWT_SECRET: TEST_JWT_SECRET,
      DATA_DIR: join(folder, 'data'),
    };
    return runCommandLine(args, { ...own, ...environment }, folder);
  }

  const login = async (email: string, password: string): Promise<number> =>
    (await new Browser(api).login({ email, password })).status;

  describe('help', () => {
    it('names every command', async () => {
      const { exitCode, printed } = await chat(['--help']);
      expect(exitCode).toBe(0);
      for (const { name, summary } of COMMANDS) {
        expect(printed).toContain(name);
        expect(printed).toContain(summary);
      }
    });

    it.each(COMMANDS.map(({ name }) => name))('tells the options of %s', async (name) => {
      const { exitCode, printed } = await chat([name, '--help']);
      expect(exitCode).toBe(0);
      expect(printed).toContain(`npm run chat -- ${name}`);
      const { argument = '', options } = COMMANDS.find((command) => command.name === name) ?? {};
      expect(printed).toContain(argument);
      for (const option of Object.keys(options ?? {})) expect(printed).toContain(`--${option}`);
    });

    it.each([
      [[], 'Usage'],
      [['no-such'], 'There is no command "no-such"'],
      [['list-admins', '--no-such'], "Unknown option '--no-such'"],
      [['list-admins', 'stray'], 'stray'],
      [['create-admin'], '--email is missing'],
      [['create-admin', '--email', 'a@b', '--name', ''], '--name is missing'],
      [['create-admin', '--email', 'no address', '--name', 'A'], 'is not an e-mail address'],
      [['create-admin', '--email', 'a@b', '--name', 'A\nB'], 'on one line'],
      [['create-admin', '--email', 'a@b', '--name', 'A', '--password', 'short'], '8 to 256'],
      [['set-role', '--email', 'a@b', '--role', 'root'], '--role is one of: user, admin'],
      [['migrate:down'], 'add --yes'],
      [['delete-message'], 'ID is missing'],
      [['delete-message', '1', '2'], "Unexpected argument '2'"],
      [['delete-message', '0'], '"0" is not the id of a message'],
      [['delete-message', '1; DROP'], 'is not the id of a message'],
    ])('%j is called wrongly: exit code 2', async (args, fault) => {
      const { exitCode, printed, errors } = await chat(args);
      expect(exitCode).toBe(2);
      expect(printed + errors).toContain(fault);
    });
  });

  it('stops at wrong settings with their table', async () => {
    const { exitCode, errors } = await chat(['list-admins'], { PORT: 'x', JWT_SECRET: '' });
    expect(exitCode).toBe(1);
    expect(errors).toMatch(/PORT .*\n.*JWT_SECRET/);
  });

  describe('accounts', () => {
    it('create-admin makes one who can sign in', async () => {
      const args = ['--email', 'ada@school.test', '--name', 'Ada', '--password', TEST_PASSWORD];
      const { exitCode, printed } = await chat(['create-admin', ...args]);
      expect([exitCode, printed]).toEqual([0, 'ada@school.test is an administrator now.\n']);
      const { body } = await new Browser(api).login({
        email: 'ada@school.test',
        password: TEST_PASSWORD,
      });
      expect(body.user).toMatchObject({ name: 'Ada', role: 'admin' });
      const again = await chat(['create-admin', ...args]);
      expect([again.exitCode, again.printed]).toEqual([1, '']);
      expect(again.errors).toContain('There is an account with this e-mail address already.');
    });

    it('create-admin makes a password where none is given, and shows it once', async () => {
      const { printed } = await chat([
        'create-admin',
        ...['--email', 'bob@school.test', '--name', 'Bob'],
      ]);
      const password = /^Password: (\S{20})$/m.exec(printed)?.[1] ?? '';
      expect(await login('bob@school.test', password)).toBe(200);
    });

    it('list-admins shows them, disabled ones too', async () => {
      await chat(['disable-user', '--email', 'bob@school.test']);
      const { printed } = await chat(['list-admins']);
      expect(printed).toContain('ada@school.test  Ada\n');
      expect(printed).toContain('bob@school.test  Bob  (disabled)\n');
      await chat(['enable-user', '--email', 'BOB@school.test']);
      expect((await chat(['list-admins'])).printed).toContain('bob@school.test  Bob\n');
    });

    it('set-password ends the sessions of the account on the running server', async () => {
      const sam = await api.person();
      expect((await sam.get('/api/auth/me/')).status).toBe(200);
      const { exitCode } = await chat([
        'set-password',
        ...['--email', sam.email, '--password', 'another password'],
      ]);
      expect(exitCode).toBe(0);
      await eventually(async () => {
        expect((await sam.get('/api/auth/me/')).status).toBe(401);
      });
      expect(await login(sam.email, TEST_PASSWORD)).toBe(401);
      expect(await login(sam.email, 'another password')).toBe(200);
    });

    it('R17 disable-user reaches the running server, enable-user undoes it', async () => {
      const sam = await api.person();
      expect((await sam.get('/api/auth/me/')).status).toBe(200);
      expect((await chat(['disable-user', '--email', sam.email])).exitCode).toBe(0);
      await eventually(async () => {
        expect((await sam.get('/api/auth/me/')).status).toBe(401);
      });
      expect(await login(sam.email, TEST_PASSWORD)).toBe(401);
      expect((await chat(['enable-user', '--email', sam.email])).exitCode).toBe(0);
      expect(await login(sam.email, TEST_PASSWORD)).toBe(200);
    });

    it('set-role counts at once on the running server', async () => {
      const sam = await api.person();
      expect((await sam.get('/api/chat/conversations/')).status).toBe(403);
      await chat(['set-role', '--email', sam.email, '--role', 'admin']);
      await eventually(async () => {
        expect((await sam.get('/api/chat/conversations/')).status).toBe(200);
      });
      await chat(['set-role', '--email', sam.email, '--role', 'user']);
    });

    it('A129 the last administrator can be neither disabled nor demoted', async () => {
      await chat(['disable-user', '--email', 'bob@school.test']);
      for (const args of [['disable-user'], ['set-role', '--role', 'user']]) {
        const { exitCode, errors } = await chat([...args, '--email', 'ada@school.test']);
        expect([exitCode, errors]).toEqual([1, 'This is the last active administrator.\n']);
      }
      expect(await login('ada@school.test', TEST_PASSWORD)).toBe(200);
    });

    it.each(['set-password', 'disable-user', 'enable-user'])(
      '%s says when there is no such account',
      async (command) => {
        const { exitCode, errors } = await chat([command, '--email', 'nobody@school.test']);
        expect([exitCode, errors]).toEqual([1, 'There is no account nobody@school.test.\n']);
      },
    );
  });

  describe('database', () => {
    it('migrate says what it did', async () => {
      const { exitCode, printed } = await chat(['migrate']);
      expect([exitCode, printed]).toEqual([0, 'The schema is up to date already.\n']);
    });

    it('doctor finds nothing wrong', async () => {
      const { exitCode, printed } = await chat(['doctor']);
      expect(printed).not.toContain('BAD');
      expect(exitCode).toBe(0);
      const texts = ['PostgreSQL 18', 'survives a crash', 'up to date', 'administrator'];
      for (const text of [...texts, 'The folder of uploads keeps files']) {
        expect(printed).toContain(text);
      }
      expect(printed).not.toContain('mail');
    });

    it('doctor finds what is wrong', async () => {
      await rm(join(folder, 'admin'), { recursive: true });
      await writeFile(join(folder, 'data-file'), '');
      const { exitCode, printed, errors } = await chat(['doctor'], {
        DATA_DIR: join(folder, 'data-file'),
        DATABASE_URL: api.databaseUrl.replace(/[^/]+$/, 'no_such_database'),
      });
      expect(exitCode).toBe(1);
      expect(errors).toMatch(/^4 of \d checks failed\.\n$/);
      expect(printed).toContain('BAD  The app "admin" is not built');
      expect(printed).toMatch(/BAD {2}DATA_DIR .*cannot be used/);
      expect(printed).toContain('BAD  The folder of uploads cannot be used (ENOTDIR).');
      expect(printed).toMatch(/BAD {2}The database at .* cannot be used \(3D000\)/);
    });
  });

  it('starts the embedded database for a command, and uses it where a server has started it', async () => {
    const embedded = { DATABASE_URL: '', JWT_SECRET: '', DATA_DIR: join(folder, 'embedded') };
    const create = ['create-admin', '--name', 'Eve', '--password', TEST_PASSWORD, '--email'];
    expect(await chat([...create, 'eve@school.test'], embedded)).toMatchObject({ exitCode: 0 });
    const server = await startEmbeddedPostgres({ dataDir: embedded.DATA_DIR });
    try {
      expect(await chat([...create, 'una@school.test'], embedded)).toMatchObject({ exitCode: 0 });
    } finally {
      await server.stop();
    }
    const { printed } = await chat(['list-admins'], embedded);
    expect(printed).toBe('eve@school.test  Eve\nuna@school.test  Eve\n');
  });

  it('migrate:down takes back the newest migration, migrate brings it again', async () => {
    const database = { DATABASE_URL: '', JWT_SECRET: '', DATA_DIR: join(folder, 'embedded') };
    expect((await chat(['migrate:down', '--yes'], database)).exitCode).toBe(0);
    expect((await chat(['doctor'], database)).printed).toContain('BAD  The schema');
    expect((await chat(['migrate'], database)).printed).toMatch(/^Applied \w+\.\n$/);
    expect((await chat(['list-admins'], database)).printed).toContain('eve@school.test');
  });
});
