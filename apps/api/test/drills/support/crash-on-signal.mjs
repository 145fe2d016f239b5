// Loaded into the API by `--import`: on SIGUSR2 something throws where nobody catches it. What, is
// told by the query of this file's address.
import { Server } from 'node:net';
import { Readable } from 'node:stream';

const sockets = new Set();
const { emit } = Server.prototype;
Server.prototype.emit = function (event, ...args) {
  if (event === 'connection') sockets.add(args[0]);
  return emit.call(this, event, ...args);
};

const CRASHES = {
  timer: () => setTimeout(fail, 0),
  stream: () =>
    new Readable({ read: () => setImmediate(() => undefined) }).on('data', fail).push('one piece'),
  socket: () => sockets.forEach((socket) => socket.once('data', fail)),
  promise: () => void Promise.reject(new Error('drill')),
};

process.on('SIGUSR2', CRASHES[new URL(import.meta.url).searchParams.get('in')]);

function fail() {
  throw new Error('drill');
}
