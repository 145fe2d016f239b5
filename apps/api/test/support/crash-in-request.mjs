// Loaded into the API by `--import`: something throws where nobody catches it, in the course of the
// request that is named so. What, is told by the query of this file's address.
import { ServerResponse } from 'node:http';

const CRASHES = {
  timer: () => setTimeout(fail, 0),
  promise: () => void Promise.reject(new Error('drill')),
};
const crash = CRASHES[new URL(import.meta.url).searchParams.get('in')];

const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function (...args) {
  if (this.req.headers['x-request-id'] === 'crash-after-this') crash();
  return writeHead.apply(this, args);
};

function fail() {
  throw new Error('drill');
}
