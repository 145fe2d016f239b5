import { Injectable } from '@nestjs/common';
import { SOCKET_LIMITS, type TypingFrame } from '@support-chat/contracts';
import type { Caller } from '../../../auth';
import { NewsBus } from '../../../platform/bus/news-bus';
import { Topic } from '../../../platform/bus/topic';
import { ConversationFeeds } from '../feeds/conversation-feeds';

type TypingNews = Pick<TypingFrame, 'conversation_id' | 'user'>;

const TYPING_NEWS = new Topic<TypingNews>('typing');
/** Above this the list of who typed lately is tidied. */
const MAX_REMEMBERED = 1_000;

/** Tells the others in a conversation that somebody types. Never what, and never stored. */
@Injectable()
export class Typing {
  /** When each person's typing in a conversation was told last, in milliseconds. */
  private readonly toldAt = new Map<string, number>();

  constructor(
    private readonly bus: NewsBus,
    feeds: ConversationFeeds,
  ) {
    bus.on(TYPING_NEWS, (news) => {
      const expiresInMs = SOCKET_LIMITS.typingExpiresMs;
      const frame: TypingFrame = { type: 'typing', ...news, expires_in_ms: expiresInMs };
      feeds.send(news.conversation_id, frame, news.user.id);
    });
  }

  /** More than one in `typingEveryMs` is dropped. */
  note({ id, name, role }: Caller, conversationId: number, now = Date.now()): void {
    const key = `${id} ${conversationId}`;
    const since = now - (this.toldAt.get(key) ?? -Infinity);
    if (since < SOCKET_LIMITS.typingEveryMs) return;
    this.tidy(now);
    this.toldAt.set(key, now);
    this.bus.tell(TYPING_NEWS, { conversation_id: conversationId, user: { id, name, role } });
  }

  private tidy(now: number): void {
    if (this.toldAt.size < MAX_REMEMBERED) return;
    for (const [key, at] of this.toldAt) {
      if (now - at >= SOCKET_LIMITS.typingEveryMs) this.toldAt.delete(key);
    }
  }
}
