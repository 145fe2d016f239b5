/*
 * Shows pushes, marks the app with them and opens what they tell of. The first and last are done by Angular's worker, of which nothing
 * else is let in: without its part in `fetch` pages, files and answers always come straight from
 * the server, so none is ever stale, and the progress of uploads stays visible.
 */
const KEPT = new Set(['install', 'activate', 'push', 'notificationclick']);
const listen = self.addEventListener.bind(self);
self.addEventListener = (type, ...rest) => {
  if (KEPT.has(type)) listen(type, ...rest);
};

/**
 * Marks the icon of the installed app with a dot, until a page shows the number again. A page in
 * sight counts by itself, and a test of alerts is no news.
 */
async function badge({ data: push }) {
  const data = push?.json();
  if (!navigator.setAppBadge || data?.notification?.data?.conversation_id === undefined) return;
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const pages = all.filter(({ url }) => url.startsWith(self.registration.scope));
  if (pages.some(({ visibilityState }) => visibilityState === 'visible')) return;
  // Refused where the app is not installed: there is no icon to mark.
  await navigator.setAppBadge().catch(() => undefined);
  for (const page of pages) page.postMessage({ type: 'BADGED', data });
}

listen('push', (event) => event.waitUntil(badge(event)));

importScripts('ngsw-worker.js');
