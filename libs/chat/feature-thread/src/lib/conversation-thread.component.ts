import { Clipboard } from '@angular/cdk/clipboard';
import {
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
  viewChildren,
} from '@angular/core';
import { ConversationStore, type ConversationTarget } from '@support-chat/chat-data-access';
import {
  ComposerComponent,
  ConnectionBannerComponent,
  DateSeparatorComponent,
  ErrorStateComponent,
  I18n,
  MessageBubbleComponent,
  NewMessagesButtonComponent,
  SkeletonComponent,
  UnreadDividerComponent,
  failureText,
} from '@support-chat/ui';
import { AuthorLineComponent } from './author-line.component';
import { PageFocus } from './page-focus';
import { ThreadAnnouncer } from './announce/thread-announcer';
import { ThreadEmptyComponent } from './thread-empty.component';
import { buildDays } from './rows/build-days';
import { keepUnchanged } from './rows/keep-unchanged';
import type { MessageRow, ThreadDay } from './rows/thread-row';
import { ThreadScrollDirective } from './scroll/thread-scroll.directive';

/** Pages fetched before opening, to reach the first unread message; beyond that it opens without. */
const PAGES_TO_UNREAD = 5;

/** One conversation for as long as it is open: its messages, and the field to write in. */
@Component({
  selector: 'sc-conversation-thread',
  imports: [
    AuthorLineComponent,
    ComposerComponent,
    ConnectionBannerComponent,
    DateSeparatorComponent,
    ErrorStateComponent,
    MessageBubbleComponent,
    NewMessagesButtonComponent,
    SkeletonComponent,
    ThreadEmptyComponent,
    ThreadScrollDirective,
    UnreadDividerComponent,
  ],
  providers: [ConversationStore, ThreadAnnouncer],
  templateUrl: './conversation-thread.component.html',
  styleUrl: './conversation-thread.component.css',
})
export class ConversationThreadComponent {
  protected readonly store = inject(ConversationStore);
  protected readonly i18n = inject(I18n);
  private readonly announcer = inject(ThreadAnnouncer);
  private readonly clipboard = inject(Clipboard);
  private readonly page = inject(PageFocus);

  readonly target = input.required<ConversationTarget>();
  readonly conversation = this.store.conversation;

  private readonly scroll = viewChild(ThreadScrollDirective);
  private readonly composer = viewChild(ComposerComponent);
  private readonly bubbles = viewChildren(MessageBubbleComponent);

  protected readonly days = linkedSignal<ThreadDay[], ThreadDay[]>({
    source: () => this.layOut(),
    computation: (next, previous) => keepUnchanged(previous?.value, next),
  });
  private readonly messages = computed(() =>
    this.days().flatMap(({ rows }) => rows.filter((row) => row.kind === 'message')),
  );

  private readonly isAtEnd = computed(() => this.scroll()?.isAtEnd() ?? false);
  protected readonly isReachingUnread = signal(true);
  private pagesLeft = PAGES_TO_UNREAD;

  /** The newest message that has been in view. */
  private readonly seenSeq = signal<number | null>(null);
  protected readonly unseen = computed(() => {
    const seen = this.seenSeq() ?? 0;
    return this.messages().filter(({ seq, view }) => (seq ?? 0) > seen && view.side !== 'own')
      .length;
  });
  protected readonly showsNewest = computed(
    () => this.scroll()?.isAtEnd() === false && this.messages().length > 0,
  );

  private readonly chosenKey = signal<string | null>(null);
  /** The one message that Tab stops at: the chosen one, else the newest. */
  protected readonly activeKey = computed(() => {
    const messages = this.messages();
    const chosen = messages.find(({ key }) => key === this.chosenKey());
    return (chosen ?? messages.at(-1))?.key ?? null;
  });

  constructor() {
    effect(() => {
      const target = this.target();
      untracked(() => {
        this.store.open(target);
      });
    });
    effect(() => {
      this.reachUnread();
    });
    effect(() => {
      if (this.store.status() === 'ready') this.announcer.follow(this.messages());
    });
    effect(() => {
      this.notice();
    });
  }

  protected send(text: string): void {
    if (!this.store.send(text)) return;
    this.scroll()?.toEnd();
    this.composer()?.focus();
  }

  protected toNewest(): void {
    this.scroll()?.toEnd();
    this.focusMessage(this.messages().length - 1);
  }

  protected copy(text: string): void {
    const words = this.clipboard.copy(text) ? 'thread.announceCopied' : 'thread.copyFailed';
    this.announcer.say(this.i18n.t(words));
  }

  protected retry(row: MessageRow): void {
    this.focusMessage(this.messages().indexOf(row));
    if (row.clientId) this.store.retry(row.clientId);
  }

  protected discard(row: MessageRow): void {
    this.composer()?.focus();
    if (row.clientId) this.store.discard(row.clientId);
  }

  protected loadOlder(): void {
    if (this.store.hasOlder() && !this.store.loadingOlder() && !this.store.olderFailure()) {
      this.store.loadOlder();
    }
  }

  protected choose(key: string): void {
    this.chosenKey.set(key);
  }

  /** Arrow keys, Home and End move through the messages; Escape goes back to writing. */
  protected onKeydown(event: KeyboardEvent): void {
    const messages = this.messages();
    const current = messages.findIndex(({ key }) => key === this.activeKey());
    const targets: Partial<Record<string, number>> = {
      ArrowUp: Math.max(0, current - 1),
      ArrowDown: Math.min(messages.length - 1, current + 1),
      Home: 0,
      End: messages.length - 1,
    };
    const target = targets[event.key];
    if (event.key === 'Escape') this.composer()?.focus();
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.focusMessage(target);
  }

  protected focusNewest(): void {
    this.focusMessage(this.messages().length - 1);
  }

  private focusMessage(index: number): void {
    const key = this.messages()[index]?.key;
    if (key === undefined) return;
    this.chosenKey.set(key);
    this.bubbles()
      .find((bubble) => bubble.message().key === key)
      ?.focus();
  }

  private layOut(): ThreadDay[] {
    const viewer = this.store.viewer();
    if (!viewer) return [];
    return buildDays({
      timeline: this.store.timeline(),
      viewer,
      firstUnreadSeq: this.store.firstUnreadSeq(),
      failureWords: (failure) => failureText(this.i18n, failure),
    });
  }

  /** Loads history until the first unread message is there to open at. */
  private reachUnread(): void {
    if (!this.isReachingUnread()) return;
    if (this.store.status() !== 'ready' || this.store.loadingOlder()) return;
    const firstUnread = this.store.firstUnreadSeq();
    const oldest = this.messages().find(({ seq }) => seq !== null)?.seq ?? 0;
    const isMissing = firstUnread !== null && oldest > firstUnread;
    if (isMissing && this.store.hasOlder() && !this.store.olderFailure() && this.pagesLeft > 0) {
      this.pagesLeft -= 1;
      this.store.loadOlder();
      return;
    }
    this.isReachingUnread.set(false);
    this.seenSeq.set(firstUnread === null ? this.newestSeq() : firstUnread - 1);
  }

  private newestSeq(): number {
    return untracked(this.messages).findLast(({ seq }) => seq !== null)?.seq ?? 0;
  }

  /** The newest message in view is seen; with somebody at the page it is read, too. */
  private notice(): void {
    this.messages();
    if (this.store.status() !== 'ready' || this.isReachingUnread() || !this.isAtEnd()) return;
    this.seenSeq.set(this.newestSeq());
    if (this.page.isFocused()) this.store.markRead();
  }
}
