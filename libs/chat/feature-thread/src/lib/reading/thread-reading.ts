import { Service, type Signal, computed, effect, inject, signal, untracked } from '@angular/core';
import { ConversationStore } from '@support-chat/chat-data-access';
import type { MessageRow } from '../rows/thread-row';
import { PageFocus } from './page-focus';

/** Pages fetched before opening, to reach the first unread message; beyond that it opens without. */
const PAGES_TO_UNREAD = 5;

/** What is drawn of a thread, and whether its end is in view. */
export interface ReadingView {
  messages: Signal<readonly MessageRow[]>;
  isEndInView: Signal<boolean>;
}

/**
 * What has been seen of a thread: opens it at the first unread message, counts what comes while one reads
 * above, and marks read what somebody had before their eyes. Provide it where the thread is.
 */
@Service({ autoProvided: false })
export class ThreadReading {
  private readonly store = inject(ConversationStore);
  private readonly page = inject(PageFocus);

  private readonly view = signal<ReadingView | null>(null);
  private readonly messages = computed(() => this.view()?.messages() ?? []);
  /** The newest message that has been in view. */
  private readonly seenSeq = signal(0);
  private readonly reached = signal(false);
  private pagesLeft = PAGES_TO_UNREAD;

  /** History down to the first unread message is there, or cannot be had. */
  readonly isOpen = computed(() => this.store.status() === 'ready' && this.reached());
  /** Others' messages below what has been seen. */
  readonly unseen = computed(() => {
    const seen = this.seenSeq();
    return this.messages().filter(({ seq, view }) => (seq ?? 0) > seen && view.side !== 'own')
      .length;
  });

  constructor() {
    effect(() => {
      this.reachUnread();
    });
    effect(() => {
      this.notice();
    });
  }

  /** Starts once there is something to look at. */
  follow(view: ReadingView): void {
    this.view.set(view);
  }

  private reachUnread(): void {
    if (this.reached() || this.store.status() !== 'ready' || this.store.loadingOlder()) return;
    const firstUnread = this.store.firstUnreadSeq();
    const oldest = this.messages().find(({ seq }) => seq !== null)?.seq ?? 0;
    const isMissing = firstUnread !== null && oldest > firstUnread;
    if (isMissing && this.store.hasOlder() && !this.store.olderFailure() && this.pagesLeft > 0) {
      this.pagesLeft -= 1;
      this.store.loadOlder();
      return;
    }
    this.reached.set(true);
    this.seenSeq.set(firstUnread === null ? this.newestSeq() : firstUnread - 1);
  }

  /** The newest message in view is seen; with somebody at the page it is read, too. */
  private notice(): void {
    this.messages();
    if (!this.isOpen() || !this.view()?.isEndInView()) return;
    this.seenSeq.set(this.newestSeq());
    if (this.page.isFocused()) this.store.markRead();
  }

  private newestSeq(): number {
    return untracked(this.messages).findLast(({ seq }) => seq !== null)?.seq ?? 0;
  }
}
