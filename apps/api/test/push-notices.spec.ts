import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES, APP_ROUTES, type QuietHours } from '@support-chat/contracts';
import { UserDirectory } from '../src/auth';
import { eventually } from './support/eventually';
import { NoticeStage, noticeMetric } from './support/notice-stage';
import type { TestDevice } from '@support-chat/test-servers';
import type { Person } from './support/test-app';

const PATIENCE_MS = 20_000;
const TEN_TRIES_WITHIN_MS = 90_000;

async function outcomeReaches(stage: NoticeStage, outcome: string, count: number): Promise<void> {
  await eventually(async () => {
    expect(await stage.metric(noticeMetric('push', outcome))).toBeGreaterThanOrEqual(count);
  }, PATIENCE_MS);
}

describe('push', () => {
  let stage: NoticeStage;
  let admin: Person;

  beforeAll(async () => {
    stage = await NoticeStage.start();
    admin = await stage.test.person('admin');
  });
  afterAll(async () => {
    expect(stage.push.faults).toEqual([]);
    await stage.close();
  });

  /** A student with a device and a conversation. */
  async function newStudent(): Promise<{ student: Person; device: TestDevice; id: number }> {
    const student = await stage.test.person();
    const device = await stage.deviceOf(student);
    return { student, device, id: await stage.conversationOf(student) };
  }

  /** Another student hears of a message sent now, so all sent before has been looked at. */
  async function othersHear(): Promise<void> {
    const { device, id } = await newStudent();
    await stage.send(admin, id);
    await stage.pushTo(device);
  }

  it('tells a student of an unread answer: encrypted, signed, without a word of it', async () => {
    const { device, id } = await newStudent();
    await stage.send(admin, id, 'your mark is A');
    const { payload, headers, sender } = await stage.pushTo(device);
    expect(payload).toEqual({
      notification: {
        title: 'You have a new message',
        body: 'Open the support chat to read it.',
        tag: `conversation-${id}`,
        renotify: true,
        data: {
          onActionClick: {
            default: { operation: 'focusLastFocusedOrOpen', url: APP_ROUTES.support },
          },
          conversation_id: id,
          seq: 1,
        },
      },
    });
    expect(headers).toMatchObject({ topic: `c${id}`, urgency: 'normal' });
    expect(sender.sub).toMatch(/^(mailto|https):/);
  });

  it('tells all active administrators of a question, each on every device, nobody else', async () => {
    const other = await stage.test.person('admin');
    const former = await stage.test.person('admin');
    const devices = [
      await stage.deviceOf(admin),
      await stage.deviceOf(admin),
      await stage.deviceOf(other),
    ];
    const strangers = [await stage.deviceOf(former)];
    await stage.test.app.get(UserDirectory).setActive(former.id, false);
    const { student, device, id } = await newStudent();
    strangers.push(device, (await newStudent()).device);
    await stage.send(student, id, 'help');
    for (const each of devices) {
      const { payload } = await stage.pushTo(each);
      expect(payload.notification.data.onActionClick.default.url).toBe(
        `${APP_ROUTES.admin}/conversations/${id}`,
      );
      await admin.delete(API_ROUTES.pushSubscriptions, { endpoint: each.endpoint });
    }
    for (const each of strangers) expect(each.calls).toBe(0);
  });

  it('comes in the language of its reader', async () => {
    const { student, device, id } = await newStudent();
    await student.patch(API_ROUTES.notificationPreferences, { language: 'ar' });
    await stage.send(admin, id);
    expect((await stage.pushTo(device)).payload.notification.title).toBe('لديك رسالة جديدة');
  });

  it('a device that somebody else signed in on is told nothing of the first', async () => {
    const { device, id } = await newStudent();
    const successor = await stage.test.person();
    await successor.put(API_ROUTES.pushSubscriptions, device.subscription);
    await stage.send(admin, id);
    await othersHear();
    expect(device.calls).toBe(0);
  });

  it('nobody is told who does not want it, or may no longer sign in', async () => {
    const [unwilling, disabled] = [await newStudent(), await newStudent()];
    await unwilling.student.patch(API_ROUTES.notificationPreferences, { push: false });
    await stage.test.app.get(UserDirectory).setActive(disabled.student.id, false);
    for (const { id } of [unwilling, disabled]) await stage.send(admin, id);
    await othersHear();
    for (const { device } of [unwilling, disabled]) expect(device.calls).toBe(0);
  });

  it('what was read before the job runs needs no push', async () => {
    const { student, device, id } = await newStudent();
    await stage.send(admin, id);
    await stage.read(student, id);
    const before = await stage.metric(noticeMetric('push', 'needless'));
    await stage.tell('push', await stage.deviceId(device), id);
    await outcomeReaches(stage, 'needless', before + 1);
    expect(device.calls).toBe(0);
  });

  it('waits through the quiet hours of its reader, who may change them meanwhile', async () => {
    const { student, device, id } = await newStudent();
    await student.patch(API_ROUTES.notificationPreferences, {
      quiet_hours: hoursAround(new Date()),
      time_zone: 'UTC',
    });
    await stage.send(admin, id);
    const deviceId = await stage.deviceId(device);
    await eventually(async () => {
      const [{ seconds } = { seconds: 0 }] = await stage.waitingJobs('pushes', deviceId, id);
      expect(seconds).toBeGreaterThan(14 * 60);
      expect(seconds).toBeLessThanOrEqual(15 * 60);
    }, PATIENCE_MS);
    expect(device.calls).toBe(0);
    await student.patch(API_ROUTES.notificationPreferences, { quiet_hours: null });
    await stage.startWaitingJobs('pushes');
    await stage.pushTo(device);
  });

  it.each([404, 410])('R32 a device that is gone (%d) is forgotten', async (status) => {
    const { device, id } = await newStudent();
    device.behaviour = status;
    const before = await stage.metric(noticeMetric('push', 'gone'));
    await stage.send(admin, id);
    await outcomeReaches(stage, 'gone', before + 1);
    expect(await stage.deviceId(device)).toBe(0);
    expect(device.calls).toBe(1);
  });

  it('R32 a service that fails is asked again, ten times in all, then the job is parked', async () => {
    const students = [await newStudent(), await newStudent(), await newStudent()] as const;
    const [healing, ...failing] = students;
    const before = await stage.metric(noticeMetric('push', 'failed'));
    for (const [n, behaviour] of ([429, 500, 'reset'] as const).entries()) {
      const { device, id } = students[n] ?? healing;
      device.behaviour = behaviour;
      await stage.send(admin, id);
      await stage.holdRetries('pushes', n + 1);
    }
    expect(await stage.parkedJobs('pushes')).toEqual([]);
    healing.device.behaviour = 201;
    const ids = await Promise.all(failing.map(async ({ device }) => stage.deviceId(device)));
    await eventually(async () => {
      await stage.hurry('push');
      expect(await stage.parkedJobs('pushes')).toEqual(ids);
    }, TEN_TRIES_WITHIN_MS);
    for (const { device } of failing) expect(device.calls).toBe(10);
    expect(await stage.metric(noticeMetric('push', 'failed'))).toBe(before + 1 + 2 * 10);
    await stage.pushTo(healing.device);
    expect(healing.device.calls).toBe(2);
  }, 120_000);

  it('A109 A111 no redirect is followed, and no answer takes longer than 5 s or 64 KiB', async () => {
    const [redirected, endless, hanging] = [
      await newStudent(),
      await newStudent(),
      await newStudent(),
    ];
    redirected.device.behaviour = 'redirect';
    endless.device.behaviour = 'endless';
    hanging.device.behaviour = 'hang';
    const failed = await stage.metric(noticeMetric('push', 'failed'));
    const sent = await stage.metric(noticeMetric('push', 'sent'));
    const start = Date.now();
    for (const { id } of [redirected, endless, hanging]) await stage.send(admin, id);
    await outcomeReaches(stage, 'failed', failed + 2);
    await outcomeReaches(stage, 'sent', sent + 1);
    expect(Date.now() - start).toBeLessThan(15_000);
    expect(stage.push.strays).toBe(0);
    const deviceId = await stage.deviceId(redirected.device);
    await eventually(async () => {
      expect(await stage.parkedJobs('pushes')).toContain(deviceId);
    });
  });
});

describe('R33 with two instances', () => {
  it('one push for each message, whichever instance does the jobs', async () => {
    const stage = await NoticeStage.start();
    const stopSecond = await stage.startSecond();
    const admin = await stage.test.person('admin');
    const devices: TestDevice[] = [];
    for (let n = 0; n < 12; n += 1) {
      const student = await stage.test.person();
      devices.push(await stage.deviceOf(student));
      await stage.send(admin, await stage.conversationOf(student));
    }
    for (const device of devices) await stage.pushTo(device);
    expect(stage.push.received).toHaveLength(devices.length);
    await stopSecond();
    await stage.close();
  });
});

/** From an hour ago, for two hours. */
function hoursAround(now: Date): QuietHours {
  const time = (hours: number): string =>
    new Date(now.getTime() + hours * 3_600_000).toISOString().slice(11, 16);
  return { start: time(-1), end: time(1) };
}
