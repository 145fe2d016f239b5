import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES } from '@support-chat/contracts';
import { eventually } from './support/eventually';
import { NoticeStage } from './support/notice-stage';
import { upload } from './support/uploads';

const PATIENCE_MS = 20_000;

describe('push after a delay, with text', () => {
  let stage: NoticeStage;

  beforeAll(async () => {
    stage = await NoticeStage.start({ pushDelaySeconds: 3, pushWithText: true });
  });
  afterAll(async () => stage.close());

  it('collapses what was sent meanwhile into one push of the newest, cut and as plain text', async () => {
    const [admin, student] = [await stage.test.person('admin'), await stage.test.person()];
    const device = await stage.deviceOf(student);
    const id = await stage.conversationOf(student);
    const start = Date.now();
    for (const content of ['one', 'two', `<b>${'x'.repeat(200)}`]) {
      await stage.send(admin, id, content);
    }
    const { payload, at } = await stage.pushTo(device);
    expect(at - start).toBeGreaterThan(2_900);
    expect(payload.notification).toMatchObject({ title: admin.name, data: { seq: 3 } });
    expect(payload.notification.body).toMatch(/^<b>x{100,}/);
    expect(payload.notification.body.length).toBeLessThanOrEqual(121);
    // A fourth is news again; a read one is not.
    await stage.send(admin, id, 'four');
    await eventually(() => {
      expect(stage.push.receivedBy(device)).toHaveLength(2);
    }, PATIENCE_MS);
    expect(stage.push.receivedBy(device)[1]?.payload.notification.data.seq).toBe(4);
  });

  it('names the file of a message that says nothing else', async () => {
    const [admin, student] = [await stage.test.person('admin'), await stage.test.person()];
    const device = await stage.deviceOf(student);
    const id = await stage.conversationOf(student);
    const { body: file } = await upload(stage.test, admin, id, { content: 'x', name: 'plan.txt' });
    await admin.post(API_ROUTES.messages(id), { attachment_id: file.id });
    const { notification } = (await stage.pushTo(device)).payload;
    expect(notification).toMatchObject({ title: admin.name, body: 'plan.txt' });
  });

  it('nothing is pushed of what is read within the delay', async () => {
    const [admin, student] = [await stage.test.person('admin'), await stage.test.person()];
    const device = await stage.deviceOf(student);
    const id = await stage.conversationOf(student);
    await stage.send(admin, id);
    await eventually(async () => {
      expect(await stage.noticesWaiting(id)).toBe(1);
    }, PATIENCE_MS);
    await stage.read(student, id);
    await eventually(async () => {
      expect(await stage.noticesWaiting(id)).toBe(0);
    }, PATIENCE_MS);
    expect(device.calls).toBe(0);
  });
});
