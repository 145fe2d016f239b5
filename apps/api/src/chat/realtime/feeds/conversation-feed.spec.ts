import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ServerFrame } from '@support-chat/contracts';
import { ProblemError } from '../../../platform/http/problem.error';
import type { Changes, UpdatesService } from '../../updates/updates.service';
import type { ChatSocket } from '../connections/chat-socket';
import { Turns } from '../connections/turns';
import { ConversationFeed } from './conversation-feed';
import type { Subscription } from './subscription';

/** A conversation whose revision n brings the message n; reads can be held up and made to fail. */
class ModelUpdates {
  revision = 0;
  reads = 0;
  partSize = 100;
  failures: Error[] = [];

  async since(_id: number, after: number): Promise<Changes> {
    this.reads += 1;
    const { revision } = this;
    await new Promise(setImmediate);
    const failure = this.failures.shift();
    if (failure) throw failure;
    if (after > revision) throw new ProblemError('resync', 'Load anew.');
    const end = Math.min(revision, after + this.partSize);
    const messages = Array.from({ length: end - after }, (_, n) => ({ seq: after + n + 1 }));
    return {
      conversation: CONVERSATION,
      messages,
      from: after,
      revision: end,
      more: end < revision,
    } as unknown as Changes;
  }
}

const CONVERSATION = {
  id: 7,
  user_id: 1,
  created_at: new Date(),
  last_message_at: null,
  last_id: null,
};

/** A socket that keeps what it is sent. */
function fakeSocket(): { socket: ChatSocket; frames: ServerFrame[] } {
  const frames: ServerFrame[] = [];
  const socket = {
    caller: { id: 1 },
    catchUps: new Turns(),
    sendBytes: (bytes: Buffer) => frames.push(JSON.parse(bytes.toString()) as ServerFrame),
    sendAndFlush: async (frame: ServerFrame) => {
      frames.push(frame);
      await new Promise(setImmediate);
      return true;
    },
    refuse: ({ code, detail }: ProblemError) => frames.push({ type: 'error', code, detail }),
  };
  return { socket: socket as unknown as ChatSocket, frames };
}

function seqs(frames: readonly ServerFrame[]): number[] {
  return frames.flatMap((frame) =>
    frame.type === 'updates' ? frame.messages.map(({ seq }) => seq) : [],
  );
}

async function settled(): Promise<void> {
  for (let n = 0; n < 20; n += 1) await new Promise(setImmediate);
}

describe('conversation feed', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterAll(() => {
    Logger.overrideLogger(true);
  });

  function follow(
    updates: ModelUpdates,
    count = 1,
  ): { feed: ConversationFeed; followers: { frames: ServerFrame[]; reader: Subscription }[] } {
    const feed = new ConversationFeed(7, 1, updates as unknown as UpdatesService, (reader) => {
      feed.subscriptions.delete(reader);
    });
    const followers = Array.from({ length: count }, () => {
      const { socket, frames } = fakeSocket();
      const start = { revision: 0, isAnswered: false, isLive: false };
      const reader: Subscription = { socket, side: 'user', ...start };
      void feed.start(reader);
      return { frames, reader };
    });
    return { feed, followers };
  }

  it('R07 what comes while it catches up is neither missed nor sent twice', async () => {
    const updates = new ModelUpdates();
    Object.assign(updates, { revision: 5, partSize: 2 });
    const { feed, followers } = follow(updates);
    for (let n = 0; n < 6; n += 1) {
      await new Promise(setImmediate);
      updates.revision += 1;
      feed.heard(updates.revision);
    }
    await settled();
    expect(seqs(followers[0]?.frames ?? [])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('reads once for all who are at the same revision', async () => {
    const updates = new ModelUpdates();
    const { feed, followers } = follow(updates, 50);
    await settled();
    updates.reads = 0;
    updates.revision = 1;
    feed.heard(1);
    await settled();
    expect(updates.reads).toBe(1);
    for (const { frames } of followers) expect(seqs(frames)).toEqual([1]);
  });

  it('reads together what is told while it reads', async () => {
    const updates = new ModelUpdates();
    const { feed, followers } = follow(updates);
    await settled();
    updates.reads = 0;
    for (let revision = 1; revision <= 30; revision += 1) {
      updates.revision = revision;
      feed.heard(revision);
    }
    await settled();
    expect(seqs(followers[0]?.frames ?? [])).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    expect(updates.reads).toBeLessThanOrEqual(2);
  });

  it('older news than what was sent read nothing', async () => {
    const updates = new ModelUpdates();
    updates.revision = 3;
    const { feed } = follow(updates);
    await settled();
    updates.reads = 0;
    feed.heard(2);
    feed.heard(3);
    await settled();
    expect(updates.reads).toBe(0);
  });

  it('a failed read is tried again', async () => {
    const updates = new ModelUpdates();
    const { feed, followers } = follow(updates);
    await settled();
    updates.failures.push(ProblemError.unavailable());
    updates.revision = 1;
    feed.heard(1);
    const frames = followers[0]?.frames ?? [];
    while (seqs(frames).length === 0) await settled();
    expect(seqs(frames)).toEqual([1]);
  });

  it('a follower from beyond a restored backup is told to load afresh', async () => {
    const updates = new ModelUpdates();
    updates.revision = 9;
    const { feed, followers } = follow(updates);
    await settled();
    updates.revision = 4;
    feed.heard(10);
    await settled();
    expect(followers[0]?.frames.at(-1)).toMatchObject({ type: 'error', code: 'resync' });
    expect(feed.subscriptions.size).toBe(0);
  });
});
