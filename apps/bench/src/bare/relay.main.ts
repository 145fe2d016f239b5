import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { freePort } from '../system/free-port';

/**
 * The ceiling for sockets: `ws` alone. A client says who it is, and what it sends is passed on to
 * whom it is for. No identity is proved and nothing is stored.
 */
interface RelayFrame {
  join?: number;
  to?: number;
}

const clients = new Map<number, WebSocket>();
const http = createServer();
const server = new WebSocketServer({
  server: http,
  perMessageDeflate: false,
  clientTracking: false,
});

server.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const { join, to } = JSON.parse(data.toString()) as RelayFrame;
    if (join !== undefined) {
      clients.set(join, socket);
      socket.once('close', () => clients.delete(join));
      socket.send('{}');
    } else if (to !== undefined) {
      clients.get(to)?.send(data, { binary: false });
    }
  });
});

const port = await freePort();
http.listen(port, '127.0.0.1');
await once(http, 'listening');
console.log(`ready ${port}`);
process.once('SIGTERM', () => process.exit(0));
