import { describe, expect, it } from '@jest/globals';
import { setInterval as every } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { showFigures } from './support/figures';
import { scaled } from './support/scale';
import type { Writer } from './support/sending-load';
import { shortToken } from './support/short-token';
import { Stage } from './support/stage';

const SECONDS = scaled(600, 15);
const LIFETIME = 5;
/** Well before the end, as the apps do. */
const RENEW_EVERY_MS = 1_000;
const TABS = 3;

describe('identities that end in mid-use', () => {
  const stage = new Stage();

  it(`R15 tokens of ${LIFETIME} s, renewed in band for ${SECONDS} s: no socket closes, no call is refused, nothing missed`, async () => {
    const api = await stage.api(await stage.database());
    const [{ by, conversationId }] = (await api.students(1)) as [Writer];
    const admin = await api.admin();
    let token = shortToken(by.token, LIFETIME);
    const tabs = Array.from({ length: TABS }, () =>
      stage.liveReader({ target: api, conversationId, token: () => token }),
    );
    await eventually(() => {
      for (const tab of tabs) expect(tab.isLive).toBe(true);
    });
    const load = stage.load([{ by: admin, conversationId }]);
    const refused: number[] = [];
    const end = Date.now() + SECONDS * 1000;
    for await (const _ of every(RENEW_EVERY_MS)) {
      token = shortToken(by.token, LIFETIME);
      for (const tab of tabs) tab.renew();
      const { status } = await by.get('/api/chat/unread-count/', { token });
      if (status !== 200) refused.push(status);
      if (Date.now() > end) break;
    }
    await load.stop();
    await eventually(() => {
      for (const { seen } of tabs) {
        expect(seen.map(({ seq }) => seq)).toEqual(load.acknowledged.map((_, n) => n + 1));
      }
    });
    const renewals = tabs.map(
      (tab) => tab.current?.collected.filter(({ type }) => type === 'ready').length ?? 0,
    );
    showFigures('R15', {
      seconds: SECONDS,
      'renewals of each': Math.min(...renewals),
      messages: load.acknowledged.length,
    });
    expect(tabs.map(({ connectedAt }) => connectedAt.length)).toEqual(Array(TABS).fill(1));
    expect([...refused, ...tabs.flatMap(({ closes }) => closes)]).toEqual([]);
    // Each outlived its first token more than once.
    expect(Math.min(...renewals)).toBeGreaterThan(LIFETIME);
  });

  it('R15 a socket whose token ends unrenewed is closed with 4401, and comes back with a fresh one', async () => {
    const api = await stage.api(await stage.database());
    const [{ by, conversationId }] = (await api.students(1)) as [Writer];
    const reader = stage.liveReader({
      target: api,
      conversationId,
      token: () => shortToken(by.token, 2),
    });
    await eventually(() => {
      expect(reader.closes).toContain(4401);
      expect(reader.connectedAt.length).toBeGreaterThan(1);
    }, 10_000);
    const { body } = await by.send(conversationId, 'still here');
    await eventually(() => {
      expect(reader.seen.map(({ id }) => id)).toEqual([body.id]);
    });
  });
});
