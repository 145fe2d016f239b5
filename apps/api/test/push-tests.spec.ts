import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES, APP_ROUTES, type Session } from '@support-chat/contracts';
import type { Behaviour, TestDevice } from '@support-chat/test-servers';
import { NoticeStage } from './support/notice-stage';
import { problemOf, TEST_PASSWORD, type Answer, type Person } from './support/test-app';

/** A service that says nothing is given up after half of it. */
const ANSWER_WITHIN_MS = 10_000;

async function tryDevice(person: Person, { endpoint }: { endpoint: string }): Promise<Answer> {
  return person.post(API_ROUTES.pushTest, { endpoint });
}

describe('a test of pushes', () => {
  let stage: NoticeStage;

  beforeAll(async () => {
    stage = await NoticeStage.start();
  });
  afterAll(async () => {
    expect(stage.push.faults).toEqual([]);
    await stage.close();
  });

  async function newStudent(behaviour: Behaviour = 201): Promise<[Person, TestDevice]> {
    const student = await stage.test.person();
    const device = await stage.deviceOf(student);
    device.behaviour = behaviour;
    return [student, device];
  }

  it('ux-44 is a real push to this device alone, marked as a test', async () => {
    const [student, device] = await newStudent();
    const other = await stage.deviceOf(student);
    expect(await tryDevice(student, device)).toMatchObject({ status: 204, text: '' });
    const [push] = stage.push.receivedBy(device);
    expect(push?.payload).toEqual({
      notification: {
        title: 'A test',
        body: 'This is how new messages are shown.',
        tag: 'test',
        renotify: true,
        data: {
          onActionClick: {
            default: { operation: 'focusLastFocusedOrOpen', url: APP_ROUTES.support },
          },
        },
      },
    });
    expect(push?.headers).toMatchObject({ topic: 'test', urgency: 'normal' });
    expect([device.calls, other.calls]).toEqual([1, 0]);
  });

  it('ux-44 speaks the language of its reader, and leads admins to the console', async () => {
    const admin = await stage.test.person('admin');
    const device = await stage.deviceOf(admin);
    await admin.patch(API_ROUTES.notificationPreferences, { language: 'ar' });
    expect((await tryDevice(admin, device)).status).toBe(204);
    const [push] = stage.push.receivedBy(device);
    expect(push?.payload.notification.title).toBe('تجربة');
    expect(push?.payload.notification.data.onActionClick.default.url).toBe(APP_ROUTES.admin);
  });

  it.each([404, 410])('R32 a device that is gone (%d) is forgotten, and is 404', async (status) => {
    const [student, device] = await newStudent(status);
    const answer = await tryDevice(student, device);
    expect(answer.status).toBe(404);
    expect(problemOf(answer).code).toBe('not_found');
    expect(await stage.deviceId(device)).toBe(0);
    expect((await tryDevice(student, device)).status).toBe(404);
    expect(device.calls).toBe(1);
  });

  it.each<[Behaviour, RegExp]>([
    [400, /refuses/],
    [403, /refuses/],
    ['redirect', /refuses/],
    [429, /nothing right now/],
    [500, /nothing right now/],
    ['reset', /cannot be reached/],
    ['hang', /cannot be reached/],
  ])('R32 a push service that does not take it (%s) is 503 in time', async (behaviour, words) => {
    const [student, device] = await newStudent(behaviour);
    const start = Date.now();
    const answer = await tryDevice(student, device);
    expect(Date.now() - start).toBeLessThan(ANSWER_WITHIN_MS);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const { code, detail } = problemOf(answer);
    expect([code, detail]).toEqual(['unavailable', expect.stringMatching(words)]);
    expect(answer.text).not.toContain(device.id);
    expect(await stage.deviceId(device)).toBeGreaterThan(0);
    expect(device.calls).toBe(1);
    expect(stage.push.strays).toBe(0);
  });

  it('A007 a device of somebody else looks like one that never was, and hears nothing', async () => {
    const [, device] = await newStudent();
    const stranger = await stage.test.person();
    const shapes = [device, stage.push.device()].map(async (each) => {
      const answer = await tryDevice(stranger, each);
      const { instance: _, ...problem } = problemOf(answer);
      return { status: answer.status, problem };
    });
    const [foreign, unknown] = await Promise.all(shapes);
    expect(foreign?.status).toBe(404);
    expect(foreign).toEqual(unknown);
    expect(device.calls).toBe(0);
    expect(await stage.deviceId(device)).toBeGreaterThan(0);
  });

  it('finds no device whose sign-in ended: it would not hear of messages either', async () => {
    const [student, device] = await newStudent();
    const ended = 'UPDATE auth_refresh_token SET revoked_at = now() WHERE user_id = $1';
    await stage.test.dataSource.query(ended, [student.id]);
    const { body: session } = await stage.test.request<Session>({
      method: 'POST',
      path: API_ROUTES.login,
      body: { email: student.email, password: TEST_PASSWORD },
    });
    const answer = await stage.test.request({
      method: 'POST',
      path: API_ROUTES.pushTest,
      headers: { authorization: `Bearer ${session.access_token}` },
      body: { endpoint: device.endpoint },
    });
    expect(answer.status).toBe(404);
    expect(device.calls).toBe(0);
  });
});

describe('tests of pushes under other settings', () => {
  it('A101 each person has five a minute', async () => {
    const stage = await NoticeStage.start({ rateLimits: true });
    const [eager, other] = [await stage.test.person(), await stage.test.person()];
    const [device, others] = [await stage.deviceOf(eager), await stage.deviceOf(other)];
    const tries = Array.from({ length: 8 }, async () => tryDevice(eager, device));
    const answers = await Promise.all(tries);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(5);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(3);
    for (const answer of refused) {
      expect(problemOf(answer).code).toBe('rate_limited');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(device.calls).toBe(5);
    expect((await tryDevice(other, others)).status).toBe(204);
    await stage.close();
  });

  it('where pushes are switched off nothing is sent', async () => {
    const stage = await NoticeStage.start({ push: false });
    const student = await stage.test.person();
    const device = await stage.deviceOf(student);
    expect((await tryDevice(student, device)).status).toBe(404);
    expect(device.calls).toBe(0);
    await stage.close();
  });
});
