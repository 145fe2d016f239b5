import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { SocketClient } from '../support/socket-client';
import { showFigures, timed } from './support/figures';
import type { Writer } from './support/sending-load';
import { Stage } from './support/stage';

const HOLDER = join(import.meta.dirname, 'support/socket-holder.mjs');

describe('peers that are gone without a word', () => {
  const stage = new Stage();

  it('R22 a stopped client and a dead line are found within 60 s, and presence says so', async () => {
    const api = await stage.api(await stage.database(), { METRICS: 'on' });
    const proxy = await stage.proxy(api.origin);
    const [stopped, unplugged] = (await api.students(2)) as [Writer, Writer];
    const admin = await api.admin();
    const watcher = await SocketClient.connect(api.origin, admin.token);
    const holder = spawn(process.execPath, [HOLDER, api.origin, stopped.by.token], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    await SocketClient.connect(`http://127.0.0.1:${proxy.port}`, unplugged.by.token);
    const watched = [stopped, unplugged].map(({ conversationId }) => conversationId);
    for (const conversation_id of watched) {
      watcher.send({ type: 'subscribe', conversation_id, after: 0 });
      const { user_online } = await watcher.next('presence');
      expect(user_online).toBe(true);
    }
    holder.kill('SIGSTOP');
    proxy.set('freeze');
    const { ms: droppedMs } = await timed(async () =>
      eventually(async () => {
        expect(await api.metric('support_chat_open_sockets')).toBe(1);
      }, 60_000),
    );
    const offline = [await watcher.next('presence', 65_000), await watcher.next('presence')];
    expect(offline.map(({ user_online }) => user_online)).toEqual([false, false]);
    expect(offline.map(({ conversation_id }) => conversation_id).sort()).toEqual(watched.sort());
    holder.kill('SIGKILL');
    showFigures('R22', { 'both dropped after ms': droppedMs });
    expect(droppedMs).toBeLessThan(60_000);
    watcher.terminate();
  });

  it('R22 an instance is killed: whoever was there is offline, not believed for a minute', async () => {
    const databaseUrl = await stage.database();
    const [doomed, other] = [await stage.api(databaseUrl), await stage.api(databaseUrl)];
    const [student] = (await doomed.students(1)) as [Writer];
    await SocketClient.connect(doomed.origin, student.by.token);
    const watcher = await SocketClient.connect(other.origin, (await other.admin()).token);
    watcher.send({ type: 'subscribe', conversation_id: student.conversationId, after: 0 });
    const online = async (is: boolean): Promise<void> => {
      while ((await watcher.next('presence', 30_000)).user_online !== is);
    };
    await online(true);
    await doomed.kill();
    const { ms } = await timed(async () => online(false));
    showFigures('R22 instance', { 'offline after ms': ms });
    // Six at most, on a machine that has time.
    expect(ms).toBeLessThan(15_000);
    watcher.terminate();
  });

  it('R21 a body that is dribbled is cut off after 30 s', async () => {
    const api = await stage.api(await stage.database());
    const socket = connect(Number(new URL(api.origin).port), '127.0.0.1');
    const closed = once(socket, 'close');
    socket.resume();
    socket.on('error', () => undefined);
    socket.write(
      'POST /api/auth/login/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
    );
    const dribble = setInterval(() => socket.write(' '), 1_000);
    const { ms } = await timed(async () => closed);
    clearInterval(dribble);
    showFigures('R21', { 'cut off after ms': ms });
    expect(ms).toBeLessThan(35_000);
  });
});
