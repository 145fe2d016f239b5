import { randomUUID } from 'node:crypto';
import { encodeRequest, type Request } from '../driver/request';
import type { Student } from '../data/people';

const PAGE_BYTES = 4_000;

/** Requests to the bare server; see `bare/main.ts`. */
function get(path: string, minBodyBytes: number): Request {
  return { bytes: encodeRequest({ path }), statuses: [200], minBodyBytes };
}

export const bareJson = (): Request => get('/json', 1024);

export const bareInbox = (): Request => get('/inbox', PAGE_BYTES);

export const barePage = (conversationId: number, page: number): Request =>
  get(`/page?conversation=${conversationId}&page=${page}`, PAGE_BYTES);

export const bareUpdates = ({ conversationId, revision }: Student): Request =>
  get(`/updates?conversation=${conversationId}&after=${revision - 1}`, 300);

export function bareSend({ conversationId, id }: Student): Request {
  const body = JSON.stringify({
    conversation: conversationId,
    sender: id,
    content: 'I cannot open the second lecture now.',
    client_message_id: randomUUID(),
  });
  const bytes = encodeRequest({ method: 'POST', path: '/send', body });
  return { bytes, statuses: [200], minBodyBytes: 20 };
}
