import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { LastAdminError, UserDirectory } from '../src/auth';
import { RefreshFamilies } from '../src/auth/refresh/refresh-families';
import { Browser } from './support/browser';
import { createTestApp, TEST_PASSWORD, type TestApp } from './support/test-app';

describe('user directory', () => {
  let api: TestApp;
  let users: UserDirectory;

  beforeAll(async () => {
    api = await createTestApp();
    users = api.app.get(UserDirectory);
  });
  afterAll(async () => api.close());

  const login = async (email: string, password: string): Promise<number> =>
    (await new Browser(api).login({ email, password })).status;

  it('finds an address in any case and with spaces around it, and no other', async () => {
    const { id, email } = await api.person();
    for (const spelling of [email, email.toUpperCase(), `  ${email}\n`]) {
      expect(await users.findByEmail(spelling)).toMatchObject({ id });
    }
    for (const other of ['', '%', email.slice(1), email.replace('s', 'ſ')]) {
      expect(await users.findByEmail(other)).toBeNull();
    }
  });

  it('gives ids as exact numbers', async () => {
    await api.dataSource.query(
      `SELECT setval(pg_get_serial_sequence('auth_user', 'id'), 9007199254740989)`,
    );
    const { id, email } = await api.person();
    expect(id).toBe(9007199254740990);
    expect(await users.findByEmail(email)).toMatchObject({ id });
    await api.dataSource.query(`SELECT setval(pg_get_serial_sequence('auth_user', 'id'), 1000)`);
  });

  it('makes one administrator however many instances start at once', async () => {
    const admin = { email: `${randomUUID()}@school.test`, password: TEST_PASSWORD };
    await Promise.all(Array.from({ length: 5 }, async () => users.ensureAdmin(admin)));
    expect(await users.findByEmail(admin.email)).toMatchObject({ role: 'admin' });
  });

  it('refuses to change nobody', async () => {
    await expect(users.setActive(4711, false)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('A127 no session starts for whoever was disabled since the password was checked', async () => {
    const families = api.app.get(RefreshFamilies);
    const { id, email } = await api.person();
    const { passwordHash } = (await users.findByEmail(email)) ?? { passwordHash: '' };
    expect(await families.start(id, passwordHash)).not.toBeNull();
    await users.setActive(id, false);
    expect(await families.start(id, passwordHash)).toBeNull();
    await users.setActive(id, true);
    await users.setPassword(id, 'another password');
    expect(await families.start(id, passwordHash)).toBeNull();
    expect(await families.start(4711, passwordHash)).toBeNull();
  });

  it('A127 disabling wins against refreshes and sign-ins under way', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id, email } = await api.person();
      const browser = new Browser(api);
      await browser.login({ email, password: TEST_PASSWORD });
      const tab = browser.copy();
      const [, refreshed, signedIn] = await Promise.all([
        users.setActive(id, false),
        tab.refresh(),
        new Browser(api).login({ email, password: TEST_PASSWORD }),
      ]);
      for (const { status, body } of [refreshed, signedIn]) {
        if (status === 200) expect((await browser.me(body.access_token)).status).toBe(401);
      }
      expect((await tab.refresh()).status).toBe(401);
    }
  });

  describe('the administrator of the settings', () => {
    it('is made', async () => {
      const email = `${randomUUID()}@school.test`;
      await users.ensureAdmin({ email, password: TEST_PASSWORD });
      expect(await users.findByEmail(email)).toMatchObject({ role: 'admin', isActive: true });
      expect(await login(email, TEST_PASSWORD)).toBe(200);
    });

    it('keeps the password they have', async () => {
      const { email } = await api.person('admin');
      await users.ensureAdmin({ email, password: 'of the settings' });
      expect(await login(email, TEST_PASSWORD)).toBe(200);
    });

    it('takes over an account that is none: whoever registered it is out', async () => {
      const email = `${randomUUID()}@school.test`;
      const stranger = new Browser(api);
      await stranger.register({ email, name: 'Stranger', password: 'of a stranger' });
      await users.ensureAdmin({ email, password: TEST_PASSWORD });
      expect(await login(email, 'of a stranger')).toBe(401);
      expect((await stranger.refresh()).status).toBe(401);
      expect(await login(email, TEST_PASSWORD)).toBe(200);
      expect(await users.findByEmail(email)).toMatchObject({ role: 'admin' });
    });
  });

  it('A129 refuses to lose the last active administrator', async () => {
    const alone = await createTestApp();
    try {
      const directory = alone.app.get(UserDirectory);
      const student = await alone.person();
      await directory.setActive(student.id, false);
      const { id } = await alone.person('admin');
      await expect(directory.setActive(id, false)).rejects.toThrow(LastAdminError);
      await expect(directory.setRole(id, 'user')).rejects.toThrow(LastAdminError);
      const another = await alone.person('admin');
      await directory.setRole(id, 'user');
      await expect(directory.setActive(another.id, false)).rejects.toThrow(LastAdminError);
    } finally {
      await alone.close();
    }
  });
});
