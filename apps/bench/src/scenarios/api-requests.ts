import { API_ROUTES, type SendMessageBody } from '@support-chat/contracts';
import { randomUUID } from 'node:crypto';
import type { Student } from '../data/people';
import { encodeRequest, type Request } from '../driver/request';

const TEXT = 'I cannot open the second lecture now.';
/** A page of 20 messages is longer. */
const PAGE_BYTES = 4_000;

export const bearer = (token: string): Record<string, string> => ({
  Authorization: `Bearer ${token}`,
});

export function get(token: string, path: string, minBodyBytes: number): Request {
  return { bytes: encodeRequest({ path, headers: bearer(token) }), statuses: [200], minBodyBytes };
}

/** A poll that tells which version it has: 304. */
export function getUnchanged(token: string, path: string, tag: string): Request {
  const headers = { ...bearer(token), 'If-None-Match': tag };
  return { bytes: encodeRequest({ path, headers }), statuses: [304], minBodyBytes: 0 };
}

/** A poll for changes that finds none: 204. */
export function getNoUpdates({ token, conversationId, revision }: Student): Request {
  const path = `${API_ROUTES.updates(conversationId)}?after=${revision}`;
  return {
    bytes: encodeRequest({ path, headers: bearer(token) }),
    statuses: [204],
    minBodyBytes: 0,
  };
}

export function getMessages(token: string, conversationId: number, query: string): Request {
  return get(token, `${API_ROUTES.messages(conversationId)}?${query}`, PAGE_BYTES);
}

export function send(token: string, conversationId: number, messageId = randomUUID()): Request {
  const body: SendMessageBody = { content: TEXT, client_message_id: messageId };
  return {
    bytes: encodeRequest({
      method: 'POST',
      path: API_ROUTES.messages(conversationId),
      headers: bearer(token),
      body: JSON.stringify(body),
    }),
    statuses: [201],
    minBodyBytes: 200,
  };
}

/**
 * The newest page of the console's list. The API remembers pages until something changes; a place
 * above all conversations, each time another one, makes it read as after a change.
 */
export function getInbox(adminToken: string): Request {
  const cursor = `${32_500_000_000_000 + inboxReads}-1`;
  inboxReads += 1;
  return get(adminToken, `${API_ROUTES.conversations}?cursor=${cursor}&page_size=20`, PAGE_BYTES);
}
let inboxReads = 0;

/** The entity tag a server gives for a path now. */
export async function readTag(port: number, token: string, path: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: bearer(token) });
  const tag = response.headers.get('ETag');
  if (!response.ok || tag === null) throw new Error(`${path} has no entity tag.`);
  return tag;
}
