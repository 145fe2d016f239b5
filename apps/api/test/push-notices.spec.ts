import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ROUTES } from '@support-chat/contracts';
import { eventually } from './support/eventually';
import { NoticeStage } from './support/notice-stage';
import type { Person } from './support/test-app';

describe('push', () => {
  let stage: NoticeStage;
  let admin: Person;

  beforeAll(async () => {
    stage = await NoticeStage.start();
    admin = await stage.test.person('admin');
  });
  afterAll(async () => stage.close());

  it('tells a student of an unread answer: encrypted, signed, without a word of it', async () => {
    const student = await stage.test.person();
    const device = await stage.deviceOf(student);
    const id = await stage.conversationOf(student);
    await stage.send(admin, id, 'your mark is A');
    await eventually(() => {
      expect(stage.push.receivedBy(device)).toHaveLength(1);
    }, 15_000);
    const [{ payload, headers, sender } = fail()] = stage.push.receivedBy(device);
    expect(payload).toEqual({
      notification: {
        title: 'You have a new message',
        body: 'Open the support chat to read it.',
        tag: `conversation-${id}`,
        renotify: true,
        data: {
          onActionClick: {
            default: { operation: 'navigateLastFocusedOrOpen', url: APP_ROUTES.support },
          },
          conversation_id: id,
          seq: 1,
        },
      },
    });
    expect(headers).toMatchObject({ topic: `c${id}`, urgency: 'normal' });
    expect(sender.sub).toMatch(/^(mailto|https):/);
    expect(stage.push.faults).toEqual([]);
  });
});

function fail(): never {
  throw new Error('Nothing was received.');
}
