/*
 * Shows pushes and opens what they tell of. Both are done by Angular's worker, of which nothing
 * else is let in: without its part in `fetch` pages, files and answers always come straight from
 * the server, so none is ever stale, and the progress of uploads stays visible.
 */
const KEPT = new Set(['install', 'activate', 'push', 'notificationclick']);
const listen = self.addEventListener.bind(self);
self.addEventListener = (type, ...rest) => {
  if (KEPT.has(type)) listen(type, ...rest);
};

importScripts('ngsw-worker.js');
