import type { Socket } from 'node:net';
import { hasPatience } from './patience';

const STATUS_LINES: Partial<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/**
 * Refuses what the HTTP parser cannot read or does not wait for any longer: a bare status, since
 * there is no request that a problem could be about, and the connection closed.
 */
export function refuseUnreadable(error: Error & { code: string }, socket: Socket): void {
  // Told once for each request: from here on, whoever has patience watches over it.
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && hasPatience(socket)) return;
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const status = STATUS_LINES[error.code] ?? '400 Bad Request';
    socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }
  socket.destroy(error);
}
