import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  API_ROUTES,
  LIMITS,
  type NotificationChannels,
  type NotificationPreferences,
} from '@support-chat/contracts';
import { createECDH, randomBytes } from 'node:crypto';
import {
  createSecondApp,
  createTestApp,
  problemOf,
  type Person,
  type TestApp,
} from './support/test-app';

const DEVICES = 'SELECT user_id, endpoint FROM notification_push_subscriptions ORDER BY id';

function newKeys(): { p256dh: string; auth: string } {
  const p256dh = createECDH('prime256v1').generateKeys('base64url');
  return { p256dh, auth: randomBytes(16).toString('base64url') };
}

describe('how a person wants to be told', () => {
  let test: TestApp;
  let student: Person;

  beforeAll(async () => {
    test = await createTestApp();
    student = await test.person();
  });
  afterAll(async () => test.close());

  const get = async (person: Person): Promise<NotificationPreferences> =>
    (await person.get<NotificationPreferences>(API_ROUTES.notificationPreferences)).body;

  it('is everything, at any time, until they say otherwise', async () => {
    const defaults = {
      sound: true,
      push: true,
      email: true,
      quiet_hours: null,
      time_zone: 'UTC',
      language: 'en',
    };
    expect(await get(student)).toEqual(defaults);
    const unchanged = await student.patch(API_ROUTES.notificationPreferences, {});
    expect(unchanged).toMatchObject({ status: 200, body: defaults });
  });

  it('changes only what is given, for nobody else', async () => {
    const other = await test.person();
    const change = async (body: unknown): Promise<unknown> =>
      (await student.patch(API_ROUTES.notificationPreferences, body)).body;
    const quiet_hours = { start: '22:00', end: '07:00' };
    await change({ sound: false, quiet_hours, time_zone: 'Europe/Berlin', language: 'ar' });
    const wanted = { sound: false, push: true, quiet_hours, time_zone: 'Europe/Berlin' };
    expect(await change({ email: false })).toMatchObject({ ...wanted, email: false });
    expect(await change({ quiet_hours: null })).toMatchObject({ quiet_hours: null, email: false });
    expect(await get(student)).toMatchObject({ language: 'ar', sound: false, quiet_hours: null });
    expect(await get(other)).toMatchObject({ language: 'en', sound: true, email: true });
  });

  it('keeps the one spelling of a time zone', async () => {
    const other = await test.person();
    await other.patch(API_ROUTES.notificationPreferences, { time_zone: 'eUROPE/bERLIN' });
    expect((await get(other)).time_zone).toBe('Europe/Berlin');
  });

  it.each([
    ['sound', 'yes', 'wrong_type'],
    ['push', 1, 'wrong_type'],
    ['quiet_hours', { start: '22:00' }, 'bad_format'],
    ['quiet_hours', { start: '24:00', end: '07:00' }, 'bad_format'],
    ['quiet_hours', { start: '07:00', end: '07:00' }, 'bad_format'],
    ['quiet_hours', { start: '22:00', end: '07:00', days: [] }, 'bad_format'],
    ['quiet_hours', ['22:00', '07:00'], 'bad_format'],
    ['time_zone', 'Mars/Olympus', 'not_allowed'],
    ['time_zone', '+02:00', 'not_allowed'],
    ['time_zone', 2, 'wrong_type'],
    ['language', 'xx', 'not_allowed'],
    ['colour', 'red', 'unknown_field'],
  ])('refuses %s as %j', async (field, value, code) => {
    const answer = await student.patch(API_ROUTES.notificationPreferences, { [field]: value });
    expect(answer.status).toBe(400);
    expect(problemOf(answer).errors).toMatchObject([{ field, code }]);
  });
});

describe('devices for pushes', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ pushHosts: ['*.push.school.test:8443'] });
  });
  afterAll(async () => test.close());

  const devices = async (): Promise<{ user_id: number; endpoint: string }[]> =>
    test.dataSource.query(DEVICES);
  const endpoint = (name: string): string => `https://fcm.googleapis.com/fcm/send/${name}`;
  const subscribe = async (person: Person, body: unknown): Promise<unknown> =>
    person.put(API_ROUTES.pushSubscriptions, body);

  it('a device belongs to whoever signed in on it last, and only they take it away', async () => {
    const [first, second] = [await test.person(), await test.person()];
    const body = { endpoint: endpoint('shared'), keys: newKeys(), expirationTime: null };
    for (const person of [first, first, second]) {
      expect(await subscribe(person, body)).toMatchObject({ status: 204 });
    }
    expect(await devices()).toEqual([{ user_id: second.id, endpoint: body.endpoint }]);
    const address = { endpoint: body.endpoint };
    expect((await first.delete(API_ROUTES.pushSubscriptions, address)).status).toBe(204);
    expect(await devices()).toHaveLength(1);
    expect((await second.delete(API_ROUTES.pushSubscriptions, address)).status).toBe(204);
    expect(await devices()).toEqual([]);
  });

  it('A106 a person keeps the newest ones, also when all come at once', async () => {
    const person = await test.person();
    const count = LIMITS.pushSubscriptionsPerUser + 10;
    await Promise.all(
      Array.from({ length: count }, async (_, n) =>
        subscribe(person, { endpoint: endpoint(`many-${n}`), keys: newKeys() }),
      ),
    );
    await subscribe(person, { endpoint: endpoint('last'), keys: newKeys() });
    const kept = (await devices()).filter(({ user_id }) => user_id === person.id);
    expect(kept).toHaveLength(LIMITS.pushSubscriptionsPerUser);
    expect(kept.map((device) => device.endpoint)).toContain(endpoint('last'));
  });

  it.each([
    'https://fcm.googleapis.com/x',
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://db5p.notify.windows.com/w/?token=x',
    'https://web.push.apple.com/x',
    'https://a.push.school.test:8443/x',
  ])('takes %s', async (address) => {
    const person = await test.person();
    expect(await subscribe(person, { endpoint: address, keys: newKeys() })).toMatchObject({
      status: 204,
    });
  });

  it.each([
    'https://127.0.0.1/x',
    'https://0.0.0.0/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/x',
    'https://172.16.0.1/x',
    'https://192.168.0.1/x',
    'https://100.64.0.1/x',
    'https://[fc00::1]/x',
    'https://[fe80::1]/x',
    'https://[2002:7f00:1::]/x',
    'https://[64:ff9b::7f00:1]/x',
    'https://2130706433/x',
    'https://0x7f000001/x',
    'https://017700000001/x',
    'https://localhost./x',
    'https://fcm.googleapis.com./x',
    'https://example.com/fcm.googleapis.com',
    'https://fcm.googleapis.com.example.com/x',
    'https://xfcm.googleapis.com/x',
    'https://push.apple.com/x',
    'https://evilpush.apple.com/x',
  ])('A107 refuses %s', async (address) => {
    const answer = await (
      await test.person()
    ).put(API_ROUTES.pushSubscriptions, {
      endpoint: address,
      keys: newKeys(),
    });
    expect(answer.status).toBe(400);
    expect(problemOf(answer).errors).toMatchObject([{ field: 'endpoint', code: 'not_allowed' }]);
  });

  it.each([
    'http://fcm.googleapis.com/x',
    'file:///etc/passwd',
    'ftp://fcm.googleapis.com/x',
    'gopher://fcm.googleapis.com/x',
    'data:text/plain,x',
    'https://fcm.googleapis.com@example.com/x',
    'https://user:word@fcm.googleapis.com/x',
    'https://fcm.googleapis.com:22/x',
    'https://a.push.school.test/x',
    'https://fcm.googleapis.com/x#y',
    'https://fcm.googleapis.cοm/x',
    `https://fcm.googleapis.com/${'x'.repeat(10_000)}`,
    'not an address',
    '',
  ])('A110 refuses %s', async (address) => {
    const answer = await (
      await test.person()
    ).put(API_ROUTES.pushSubscriptions, {
      endpoint: address,
      keys: newKeys(),
    });
    expect(answer.status).toBe(400);
    expect(problemOf(answer).errors?.[0]?.field).toBe('endpoint');
  });

  it('A113 refuses keys that nothing can be encrypted for', async () => {
    const person = await test.person();
    const { p256dh, auth } = newKeys();
    const offCurve = Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString('base64url');
    const compressed = createECDH('prime256v1').generateKeys('base64url', 'compressed');
    for (const keys of [
      { p256dh: offCurve, auth },
      { p256dh: compressed, auth },
      { p256dh: p256dh.slice(1), auth },
      { p256dh: '!'.repeat(87), auth },
      { p256dh, auth: 'AAAA' },
      { p256dh, auth: 7 },
      { p256dh },
      { p256dh, auth, more: '' },
      'keys',
      null,
    ]) {
      const answer = await person.put(API_ROUTES.pushSubscriptions, {
        endpoint: endpoint('keys'),
        keys,
      });
      expect([keys, answer.status]).toEqual([keys, 400]);
      expect(problemOf(answer).errors?.[0]?.field).toBe('keys');
    }
  });

  it('all instances give the same public key, made once', async () => {
    const person = await test.person();
    const second = await createSecondApp(test);
    const channels = (await person.get<NotificationChannels>(API_ROUTES.notificationChannels)).body;
    const answer = await second.inject({
      url: API_ROUTES.notificationChannels,
      headers: { authorization: `Bearer ${person.token}` },
    });
    await second.close();
    expect(channels.email).toBe(false);
    expect(Buffer.from(channels.push_public_key ?? '', 'base64url')).toHaveLength(65);
    expect(answer.json()).toEqual(channels);
  });
});
