import { setTimeout as delay } from 'node:timers/promises';
import { inTurns, type Student } from '../data/people';
import { ChatSocket } from '../driver/chat-socket';
import { Socket } from '../driver/socket';
import { pssMib } from '../system/processes';
import type { Server } from '../system/server';
import { CONNECTING_AT_ONCE } from './pairs';

/** KiB that an open socket takes in the server process. */
export interface SocketMemory {
  sockets: number;
  authenticated: number;
  /** Following a conversation as well. */
  following: number;
  /** On the bare relay. */
  bare: number;
}

interface Closable {
  close(): void;
}

const KIB_PER_MIB = 1024;
const WARM_UP_SOCKETS = 200;
/** Garbage is collected when a process has rested for a while. */
const REST_SECONDS = 20;
const STEADY_MIB = 0.2;

/**
 * Connects all students to a fresh API, and as many clients to the bare relay.
 * @param api that nobody else uses
 * @param steadySeconds how long the memory must not change to count as at rest
 */
export async function measureSocketMemory(
  api: Server,
  relay: Server,
  students: readonly Student[],
  steadySeconds: number,
): Promise<SocketMemory> {
  const sockets = students.length;
  const atRest = async (server: Server): Promise<number> => pssAtRest(server, steadySeconds);
  const perSocket = (before: number, after: number): number =>
    ((after - before) * KIB_PER_MIB) / sockets;
  const join = async ({ id }: Student): Promise<Socket> => {
    const socket = await Socket.open(relay.port, '/', () => undefined);
    socket.send({ join: id });
    return socket;
  };
  const ignore = (): void => undefined;
  const authenticate = async ({ token }: Student): Promise<ChatSocket> =>
    ChatSocket.open(api.port, token, ignore);

  await warmUp(students, join);
  const bareBefore = await atRest(relay);
  const bareSockets = await inTurns(students, CONNECTING_AT_ONCE, join);
  const bare = perSocket(bareBefore, await atRest(relay));
  bareSockets.forEach(close);

  await warmUp(students, authenticate);
  const before = await atRest(api);
  const open = await inTurns(students, CONNECTING_AT_ONCE, authenticate);
  const authenticated = perSocket(before, await atRest(api));
  const pairs = students.map((student, place) => ({ student, socket: open[place] }));
  await inTurns(pairs, CONNECTING_AT_ONCE, async ({ student, socket }) => {
    await socket?.follow(student.conversationId, student.revision);
  });
  const following = perSocket(before, await atRest(api));
  open.forEach(close);
  return { sockets, authenticated, following, bare };
}

/** What the first sockets bring along (code, pools) belongs to none. */
async function warmUp(
  students: readonly Student[],
  connect: (student: Student) => Promise<Closable>,
): Promise<void> {
  const first = await inTurns(students.slice(0, WARM_UP_SOCKETS), CONNECTING_AT_ONCE, connect);
  first.forEach(close);
}

/** The proportional set size in MiB once it does not change any more. */
async function pssAtRest(server: Server, steadySeconds: number): Promise<number> {
  const readings: number[] = [];
  while (readings.length < REST_SECONDS) {
    await delay(1_000);
    readings.push(pssMib(server.pids()));
    const last = readings.slice(-steadySeconds);
    const isSteady = Math.max(...last) - Math.min(...last) < STEADY_MIB;
    if (last.length === steadySeconds && isSteady) break;
  }
  return Math.min(...readings.slice(-steadySeconds));
}

function close(socket: Closable): void {
  socket.close();
}
