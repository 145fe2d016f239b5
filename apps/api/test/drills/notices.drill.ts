import { describe, expect, it } from '@jest/globals';
import { API_ROUTES } from '@support-chat/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import {
  freePort,
  type MailServer,
  type PushService,
  type TestDevice,
} from '@support-chat/test-servers';
import type { Chatter } from './support/chatter';
import type { DrillApi } from './support/drill-api';
import { quantile, showFigures, timed } from './support/figures';
import { scaled } from './support/scale';
import type { Writer } from './support/sending-load';
import { Stage } from './support/stage';

const STUDENTS = scaled(100, 20);
const ROUNDS = 20;
const KILLS = 5;

const TOLD_AT_ONCE = { PUSH_DELAY_SECONDS: '0', METRICS: 'on' };
/** Faults of push services, one for each device in turn. */
const FAULTS = ['hang', 500, 429, 'reset', 410, 'endless'] as const;
/** In turns this short both sides meet the same moods of the machine. */
const TURN_MS = 1_000;
const TURNS = 20;
/**
 * Both APIs, the services and their callers share the machine's processors. Whoever waited for one of
 * these services would wait for seconds.
 */
const NOISE_MS = 10;

describe('notices', () => {
  const stage = new Stage();

  async function subscribe(push: PushService, { by }: Writer): Promise<TestDevice> {
    const device = push.device();
    const options = { method: 'PUT', body: device.subscription } as const;
    const { status } = await by.get(API_ROUTES.pushSubscriptions, options);
    if (status !== 204) throw new Error(`Subscribing was answered ${status}.`);
    return device;
  }

  it(`R33 ${STUDENTS * ROUNDS} messages, the API killed ${KILLS} times: none is without a push`, async () => {
    const push = await stage.pushService();
    const databaseUrl = await stage.database();
    const api = await stage.api(databaseUrl, { ...TOLD_AT_ONCE, PUSH_HOSTS: push.origin });
    const students = await api.students(STUDENTS);
    const devices = new Map<Writer, TestDevice>();
    for (const student of students) devices.set(student, await subscribe(push, student));
    let sent = 0;
    let kills = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const admin = await api.admin();
      for (const { conversationId } of students) {
        const { status } = await admin.send(conversationId, `message ${round}`);
        expect(status).toBe(201);
        sent += 1;
      }
      if (round % (ROUNDS / KILLS) === 0) {
        // At any point: while it is looked for, handed on, or pushed.
        await delay(Math.random() * 3_000);
        await api.kill();
        await api.start();
        kills += 1;
      }
      await eventually(() => {
        for (const device of devices.values()) {
          expect(push.receivedBy(device).at(-1)?.payload.notification.data.seq).toBe(round);
        }
      }, 90_000);
    }
    const pushes = push.received.map(
      ({ device, payload }) =>
        `${device.id} ${payload.notification.tag} ${payload.notification.data.seq}`,
    );
    const repeats = pushes.length - new Set(pushes).size;
    showFigures('R33', { messages: sent, kills, pushes: pushes.length, repeats });
    expect(new Set(pushes).size).toBe(sent);
    expect(repeats).toBeLessThanOrEqual(kills);
    expect(push.faults).toEqual([]);
  }, 600_000);

  /** An API whose students have a device each, and are mailed. */
  async function stand(
    push: PushService,
    mail: MailServer,
    behaviours: readonly TestDevice['behaviour'][],
  ): Promise<Stand> {
    // The address that mails link to is the one the API prints, so it must be known before.
    const port = await freePort();
    const api = await stage.api(await stage.database(), {
      ...TOLD_AT_ONCE,
      PORT: String(port),
      PUSH_HOSTS: push.origin,
      SMTP_URL: mail.url,
      MAIL_FROM: 'support@school.test',
      MAIL_DELAY_MINUTES: '0',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    });
    const students = await api.students(STUDENTS);
    const devices: TestDevice[] = [];
    for (const [n, student] of students.entries()) {
      const device = await subscribe(push, student);
      device.behaviour = behaviours[n % behaviours.length] ?? 201;
      devices.push(device);
    }
    return { api, admin: await api.admin(), students, devices };
  }

  it('R32 push services and a mail server that hang or fail do not slow a send', async () => {
    const push = await stage.pushService();
    const [mail, deadMail] = [await stage.mailServer(), await stage.mailServer()];
    deadMail.behaviour = 'hang';
    const well = await stand(push, mail, [201]);
    const ill = await stand(push, deadMail, FAULTS);
    // Those who called a minute ago are no longer online, and are mailed.
    for (const { admin, students } of [well, ill]) {
      for (const { conversationId } of students) await admin.send(conversationId, 'first');
    }
    await eventually(() => {
      for (const { calls } of [mail, deadMail]) expect(calls).toBeGreaterThan(0);
    }, 120_000);
    const turns: { well: number; ill: number }[] = [];
    for (let n = 0; n < TURNS; n += 1) {
      const times = [await sendTimes(well), await sendTimes(ill)] as const;
      turns.push({ well: quantile(times[0], 0.95), ill: quantile(times[1], 0.95) });
    }
    const { devices } = ill;
    await eventually(() => {
      expect(devices.filter(({ calls }) => calls > 0).length).toBe(devices.length);
    }, 60_000);
    const count = async (outcome: string): Promise<number> =>
      ill.api.metric(`support_chat_notices_total{channel="push",outcome="${outcome}"}`);
    const [gone, failed] = [await count('gone'), await count('failed')];
    showFigures('R32', {
      'p95 ms while they are well': median(turns.map((turn) => turn.well)),
      'p95 ms while they are ill': median(turns.map((turn) => turn.ill)),
      'pushes tried': devices.reduce((sum, { calls }) => sum + calls, 0),
      'tries that failed': failed,
      'devices gone': gone,
      'mails tried': deadMail.calls,
    });
    expect(gone).toBe(devices.filter(({ behaviour }) => behaviour === 410).length);
    expect(failed).toBeGreaterThan(0);
    expect(median(turns.map((turn) => turn.ill - 1.1 * turn.well))).toBeLessThanOrEqual(NOISE_MS);
    expect(await ill.api.health('ready')).toBe(200);
  }, 600_000);
});

interface Stand {
  api: DrillApi;
  admin: Chatter;
  students: Writer[];
  devices: TestDevice[];
}

/** Sends one after another for a turn, in milliseconds. */
async function sendTimes({ admin, students }: Stand): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + TURN_MS;
  for (let n = 0; performance.now() < end; n += 1) {
    const id = students[n % students.length]?.conversationId ?? 0;
    const { ms, result } = await timed(async () => admin.send(id, `message ${n}`));
    expect(result.status).toBe(201);
    times.push(ms);
  }
  return times;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
