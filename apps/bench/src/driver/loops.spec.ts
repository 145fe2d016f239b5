import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { closedLoop, type Load } from './closed-loop';
import { openLoop } from './open-loop';
import { encodeRequest, type Request } from './request';

const REQUEST: Request = { bytes: encodeRequest({ path: '/' }), statuses: [200], minBodyBytes: 5 };

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function load(listener: RequestListener): Promise<Load> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No address.');
  return {
    port: address.port,
    connections: 4,
    warmUpSeconds: 0.05,
    seconds: 0.2,
    next: () => REQUEST,
    onWindow: () => undefined,
  };
}

describe.each([
  ['closed loop', closedLoop],
  ['open loop', async (given: Load) => openLoop({ ...given, perSecond: 200 })],
])('%s', (_, run) => {
  it('measures good answers and counts no failure', async () => {
    const { latencies, failures } = await run(await load((_request, reply) => reply.end('hello')));
    expect(latencies.count).toBeGreaterThan(10);
    expect(failures.count).toBe(0);
  });

  it('counts a wrong status, a short body and a broken connection as failures', async () => {
    let count = 0;
    const { failures } = await run(
      await load((request, reply) => {
        count += 1;
        if (count % 3 === 0) reply.writeHead(500).end('hello');
        else if (count % 3 === 1) reply.end('hi');
        else request.socket.destroy();
      }),
    );
    expect(failures.lines().join('\n')).toMatch(/status 500 instead of 200/);
    expect(failures.lines().join('\n')).toMatch(/body too short/);
    expect(failures.lines().join('\n')).toMatch(/connection closed/);
  });
});

it('an open loop counts waiting for a connection as latency', async () => {
  const slow = await load((_request, reply) => setTimeout(() => reply.end('hello'), 20));
  const { latencies } = await openLoop({ ...slow, connections: 1, perSecond: 200 });
  // One connection answers 50 a second; of 200 a second the last have waited longest.
  expect(latencies.percentiles(1)[0]).toBeGreaterThan(200);
});
