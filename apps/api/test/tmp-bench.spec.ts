import { it } from '@jest/globals';
import { AccessGuard } from '../src/auth/access/access.guard';
import { APP_GUARD } from '@nestjs/core';
import { createTestApp } from './support/test-app';
it('bench', async () => {
  const api = await createTestApp({ rateLimits: false });
  const sam = await api.person();
  const poll = async (ms: number, stop?: Promise<unknown>) => {
    const times: number[] = [];
    let go = true;
    void stop?.then(() => (go = false));
    const end = performance.now() + ms;
    while (go && performance.now() < end) {
      const s = performance.now();
      await sam.get('/api/chat/unread-count/');
      times.push(performance.now() - s);
      await new Promise((r) => setTimeout(r, 10));
    }
    times.sort((a, b) => a - b);
    return { n: times.length, p50: times[times.length >> 1], p95: times[Math.floor(times.length * 0.95)], max: times.at(-1) };
  };
  await poll(1000);
  console.log('baseline', await poll(3000));
  const logins = async () => {
    const out = await Promise.all(Array.from({ length: 200 }, (_, i) => api.request({ method: 'POST', path: '/api/auth/login/', body: { email: `x${i}@y.z`, password: 'wrong' } })));
    const c: Record<number, number> = {};
    for (const { status } of out) c[status] = (c[status] ?? 0) + 1;
    return c;
  };
  const s = performance.now();
  const flood = logins();
  const r = await poll(60000, flood);
  console.log('flood', r, await flood, performance.now() - s);
  await api.close();
}, 100000);
