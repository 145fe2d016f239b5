import { Queue } from '../../platform/jobs/queue';
import type { Channel } from './channel';

/** One device or one mailbox is to be told of what is unread on its side of a conversation. */
export interface Telling {
  /** Of the device, or of the user whose mailbox it is. */
  toId: number;
  conversationId: number;
  toAdmins: boolean;
}

/** About an hour of tries: a push that is much later tells of nothing new. */
const PUSHES = new Queue<Telling>('pushes', {
  tries: 10,
  retryAfter: 5,
  triesEndAfter: 30,
  atOnce: 10,
});

/**
 * Three to four hours of tries, as mail servers have. A try may wait for several slow answers; one that a
 * crash cut short keeps others from trying for as long.
 */
const MAILS = new Queue<Telling>('mails', {
  tries: 10,
  retryAfter: 30,
  triesEndAfter: 20 * 60,
  atOnce: 5,
});

export const TELLINGS: Record<Channel, Queue<Telling>> = { push: PUSHES, mail: MAILS };

export function tellingKey({ toId, conversationId }: Telling): string {
  return `${toId} ${conversationId}`;
}
