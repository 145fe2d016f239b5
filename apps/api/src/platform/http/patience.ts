import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { finished } from 'node:stream';

/** About 4 kB a second: what a poor mobile network still carries. */
const BYTES_EACH_CHECK = 64 * 1024;
const CHECK_MS = 15_000;
const UNREAD_MS = 30_000;

const patient = new WeakSet<Socket>();

/**
 * Lets one request take longer than others may, for as long as its bytes come in at a bearable
 * pace, and for no longer than its largest body takes at that pace. To be called for requests with
 * a large body, whose time would otherwise be over.
 * @param maxBytes of the body
 * @param onStall the sender is too slow
 * @returns ends the patience
 */
export function bePatientWith(
  { socket }: IncomingMessage,
  maxBytes: number,
  onStall: () => void,
): () => void {
  patient.add(socket);
  let before = socket.bytesRead;
  // What frames the body on the wire counts for the pace, and may be most of it.
  let checksLeft = Math.ceil(maxBytes / BYTES_EACH_CHECK);
  const check = setInterval(() => {
    if (checksLeft === 0 || socket.bytesRead - before < BYTES_EACH_CHECK) onStall();
    checksLeft -= 1;
    before = socket.bytesRead;
  }, CHECK_MS);
  return () => {
    clearInterval(check);
    patient.delete(socket);
  };
}

export function hasPatience(socket: Socket): boolean {
  return patient.has(socket);
}

/** Cuts an answer off that its reader does not read, so that what it is read from is not held for ever. */
export function endUnread(response: ServerResponse, unreadMs = UNREAD_MS): void {
  const { socket } = response.req;
  let before = socket.bytesWritten;
  const check = setInterval(() => {
    if (socket.bytesWritten === before) response.destroy();
    before = socket.bytesWritten;
  }, unreadMs);
  // Also where it ended before this was called.
  finished(response, () => {
    clearInterval(check);
  });
}
