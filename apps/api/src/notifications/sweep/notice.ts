import { Queue } from '../../platform/jobs/queue';
import type { Channel } from '../telling/channel';

/** One side of a conversation, to be told of unread messages by one channel. */
export interface Notice {
  conversationId: number;
  /** Whether the admins are told of the student's messages, or the student of theirs. */
  toAdmins: boolean;
  channel: Channel;
}

/** Notices whose delay is over: who is to be told, and is there still something to tell? */
export const DUE_NOTICES = new Queue<Notice>('notices', {
  tries: 10,
  retryAfter: 2,
  triesEndAfter: 30,
  // Each is a transaction on the connections that requests use: few at once leave those to them.
  atOnce: 2,
});

export function noticeKey({ conversationId, toAdmins, channel }: Notice): string {
  return `${channel} ${conversationId} ${toAdmins ? 'admins' : 'student'}`;
}
