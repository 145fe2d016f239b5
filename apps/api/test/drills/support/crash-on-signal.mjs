// Loaded into the API by `--import`: on SIGUSR2 something throws where nobody catches it. What, is
// told by the query of this file's address.
import { Readable } from 'node:stream';

const CRASHES = {
  timer: () => setTimeout(fail, 0),
  stream: () =>
    new Readable({ read: () => setImmediate(() => undefined) }).on('data', fail).push('one piece'),
  promise: () => void Promise.reject(new Error('drill')),
};

process.on('SIGUSR2', CRASHES[new URL(import.meta.url).searchParams.get('in')]);

function fail() {
  throw new Error('drill');
}
