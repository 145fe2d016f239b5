import type { Message } from '@support-chat/contracts';
import type { Client } from 'pg';
import { inTurns, type Student } from '../data/people';
import { openAdminSession, openSessions } from '../data/sessions';
import { ChatSocket } from '../driver/chat-socket';
import type { SeenTimes } from './seen-times';

/** A student and an admin in the student's conversation. */
export interface Pair {
  student: Student;
  adminToken: string;
}

export const CONNECTING_AT_ONCE = 50;

export async function openPairs(client: Client, count: number, adminId: number): Promise<Pair[]> {
  const adminToken = await openAdminSession(client, adminId);
  const students = await openSessions(client, count);
  return students.map((student) => ({ student, adminToken }));
}

/** Tells `times` of messages that came from the other side. */
export function readerOf(side: 'user' | 'admin', times: SeenTimes): (message: Message) => void {
  return ({ sender, client_message_id: id }) => {
    if (sender.role !== side && id !== null) times.seen(id);
  };
}

/**
 * Both of each pair connect and follow their conversation.
 * @returns closes all sockets
 */
export async function connectPairs(
  port: number,
  pairs: readonly Pair[],
  times: SeenTimes,
): Promise<() => void> {
  const sockets = await inTurns(pairs, CONNECTING_AT_ONCE, async ({ student, adminToken }) => {
    const { token, conversationId, revision } = student;
    const both = await Promise.all([
      ChatSocket.open(port, token, readerOf('user', times)),
      ChatSocket.open(port, adminToken, readerOf('admin', times)),
    ]);
    for (const socket of both) await socket.follow(conversationId, revision);
    return both;
  });
  return () => {
    for (const socket of sockets.flat()) socket.close();
  };
}
