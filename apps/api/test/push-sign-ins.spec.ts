import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_ROUTES } from '@support-chat/contracts';
import { randomBytes } from 'node:crypto';
import { eventually } from './support/eventually';
import { NoticeStage, noticeMetric } from './support/notice-stage';

const PATIENCE_MS = 20_000;

describe('a device that gets pushes', () => {
  let stage: NoticeStage;

  beforeAll(async () => {
    stage = await NoticeStage.start();
  });
  afterAll(async () => stage.close());

  it.each(['revoked_at', 'expires_at'])(
    'gets none once its sign-in ended (%s)',
    async (end) => {
      const [admin, student] = [await stage.test.person('admin'), await stage.test.person()];
      const other = await stage.test.person();
      const [device, others] = [await stage.deviceOf(student), await stage.deviceOf(other)];
      const id = await stage.conversationOf(student);
      const othersId = await stage.conversationOf(other);
      await stage.test.dataSource.query(
        `UPDATE auth_refresh_token SET ${end} = now() WHERE user_id = $1`,
        [student.id],
      );
      const before = await stage.metric(noticeMetric('push', 'needless'));
      await stage.send(admin, id);
      await stage.tell('push', await stage.deviceId(device), id);
      await eventually(async () => {
        expect(await stage.metric(noticeMetric('push', 'needless'))).toBe(before + 1);
      }, PATIENCE_MS);
      await stage.send(admin, othersId);
      await eventually(() => {
        expect(stage.push.receivedBy(others)).toHaveLength(1);
      }, PATIENCE_MS);
      expect(device.calls).toBe(0);
    },
    60_000,
  );

  it('is taken over only by who has its keys', async () => {
    const [owner, stranger] = [await stage.test.person(), await stage.test.person()];
    const { subscription } = await stage.deviceOf(owner);
    const auth = randomBytes(16).toString('base64url');
    const forged = { ...subscription, keys: { ...subscription.keys, auth } };
    const refused = await stranger.put(API_ROUTES.pushSubscriptions, forged);
    expect(refused.status).toBe(400);
    const users = async (): Promise<unknown> =>
      stage.test.dataSource.query(
        'SELECT user_id FROM notification_push_subscriptions WHERE endpoint = $1',
        [subscription.endpoint],
      );
    expect(await users()).toEqual([{ user_id: owner.id }]);
    const taken = await stranger.put(API_ROUTES.pushSubscriptions, subscription);
    expect(taken.status).toBe(204);
    expect(await users()).toEqual([{ user_id: stranger.id }]);
  });
});
