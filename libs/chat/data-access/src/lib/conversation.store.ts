import { Service, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  type Attachment,
  type Failure,
  type Message,
  type Updates,
  readFailure,
} from '@support-chat/contracts';
import {
  EMPTY,
  type Observable,
  Subject,
  catchError,
  concat,
  defer,
  exhaustMap,
  finalize,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';
import { ChatSync, isFinal, isResync } from './chat.sync';
import { Composing } from './composing';
import type { ConversationTarget } from './conversation.loader';
import {
  type ConversationValue,
  foldHistory,
  foldMessages,
  foldUpdates,
  messagesOf,
} from './fold-updates';
import { Company } from './live/company';
import { ConnectionGauge } from './live/connection-gauge';
import { OwnTyping } from './live/own-typing';
import type { PollOutcome } from './poller';
import { Receipts } from './receipts';
import { timelineOf } from './timeline';
import { CHAT_VIEWER, isUnreadFor } from './viewer';

/**
 * One open conversation, kept up to date while the store lives: provide it where the thread is.
 * Acts never throw; what fails shows in `failure`, `olderFailure` or in the outgoing message.
 */
@Service({ autoProvided: false })
export class ConversationStore {
  private readonly sync = inject(ChatSync);
  private readonly receipts = inject(Receipts);
  private readonly target = signal<ConversationTarget | null>(null);
  private readonly value = signal<ConversationValue | null>(null);
  private readonly loadFailure = signal<Failure | null>(null);
  private readonly unreadSeq = signal<number | null>(null);
  private readonly isLoadingOlder = signal(false);
  private readonly historyFailure = signal<Failure | null>(null);
  private readonly openings = new Subject<ConversationTarget>();
  private readonly olderRequests = new Subject<void>();

  readonly viewer = inject(CHAT_VIEWER);
  readonly conversation = computed(() => this.value()?.conversation ?? null);
  private readonly conversationId = computed(() => this.conversation()?.id ?? null);
  private readonly composing = new Composing(this.conversationId);
  private readonly ownTyping = new OwnTyping(this.conversationId);
  private readonly company = new Company(this.conversationId);
  private readonly gauge = new ConnectionGauge(this.company.liveness);

  /** `failed` only when there is nothing to show; a lost connection shows in `connection`. */
  readonly status = computed(() => {
    if (this.value()) return 'ready';
    if (this.loadFailure()) return 'failed';
    return this.target() === null ? 'idle' : 'loading';
  });
  readonly failure = this.loadFailure.asReadonly();
  /** Stored messages by `seq`, then those on their way; only gapless history is in it. */
  readonly timeline = computed(() => {
    const value = this.value();
    return value ? timelineOf(value, this.composing.entries(), this.viewer()?.id ?? 0) : [];
  });
  /** The first message that was unread when the conversation was opened; for the "new" line. */
  readonly firstUnreadSeq = this.unreadSeq.asReadonly();
  readonly hasOlder = computed(() => (this.value()?.fromSeq ?? 1) > 1);
  readonly loadingOlder = this.isLoadingOlder.asReadonly();
  readonly olderFailure = this.historyFailure.asReadonly();
  readonly connection = this.gauge.connection;
  readonly connectionStatus = this.gauge.status;
  /** Who is online; null while nobody can tell. */
  readonly presence = this.company.presence;
  /** The names of those who write just now. */
  readonly typing = this.company.typing;
  /** The unsent text of this conversation; what is set is remembered across reloads. */
  readonly draft = this.composing.draft;

  constructor() {
    this.openings
      .pipe(
        switchMap((target) => this.follow(target)),
        takeUntilDestroyed(),
      )
      .subscribe();
    this.olderRequests
      .pipe(
        exhaustMap(() => this.growBack()),
        takeUntilDestroyed(),
      )
      .subscribe();
    this.composing.accepted$.pipe(takeUntilDestroyed()).subscribe((message) => {
      this.value.update((value) => value && foldMessages(value, [message]));
    });
  }

  open(target: ConversationTarget): void {
    this.target.set(target);
    this.value.set(null);
    this.unreadSeq.set(null);
    this.gauge.reset();
    this.start(target);
  }

  /** Loads afresh after a failure. */
  reload(): void {
    const target = this.target();
    if (target !== null) this.start(target);
  }

  loadOlder(): void {
    if (this.hasOlder()) this.olderRequests.next();
  }

  /**
   * Queues a text with uploaded files and empties the draft. False, and nothing changed, if there is
   * nothing to send or the text is too long.
   */
  send(content: string, attachments: readonly Attachment[] = []): boolean {
    const isSent = this.composing.send(content, attachments);
    if (isSent) this.ownTyping.sent();
    return isSent;
  }

  /** The viewer writes; call it at every key. */
  type(): void {
    this.ownTyping.write();
  }

  retry(clientId: string): void {
    this.composing.retry(clientId);
  }

  discard(clientId: string): void {
    this.composing.discard(clientId);
  }

  /** Call when the newest message is in view and the page has focus; as often as you like. */
  markRead(): void {
    const value = this.value();
    const newest = value && messagesOf(value).at(-1);
    if (newest) this.receipts.seen(newest, this.unread());
  }

  private start(target: ConversationTarget): void {
    this.loadFailure.set(null);
    this.historyFailure.set(null);
    this.openings.next(target);
  }

  private follow(target: ConversationTarget): Observable<unknown> {
    const viewer = this.viewer();
    if (!viewer) return EMPTY;
    return concat(
      this.sync.load(target, viewer).pipe(
        tap((outcome) => {
          this.loaded(outcome);
        }),
      ),
      defer(() => {
        const id = this.conversationId();
        if (id === null) return EMPTY;
        return this.sync.follow(id, () => this.value()?.revision ?? 0, this.company);
      }).pipe(
        tap((outcome) => {
          this.synced(outcome);
        }),
      ),
    );
  }

  private loaded(outcome: PollOutcome<ConversationValue>): void {
    this.gauge.note(outcome);
    if (!outcome.ok) {
      this.fail(outcome.failure, isFinal(outcome));
      return;
    }
    const isFirst = this.value() === null;
    this.loadFailure.set(null);
    this.value.set(outcome.value);
    if (isFirst) this.unreadSeq.set(this.unread().at(0)?.seq ?? null);
    this.arrived(messagesOf(outcome.value));
  }

  private synced(outcome: PollOutcome<Updates | null>): void {
    this.gauge.note(outcome);
    if (isResync(outcome)) {
      this.reload();
    } else if (!outcome.ok) {
      if (isFinal(outcome)) this.fail(outcome.failure, true);
    } else {
      const updates = outcome.value;
      if (updates) {
        this.value.update((value) => value && foldUpdates(value, updates));
        this.arrived(updates.messages);
      }
      this.receipts.retry();
    }
  }

  private arrived(messages: readonly Message[]): void {
    this.composing.settle(messages, this.viewer()?.id ?? 0);
    this.company.arrived(messages);
    this.receipts.arrived(this.unread());
  }

  private fail(failure: Failure, isGone: boolean): void {
    this.loadFailure.set(failure);
    if (isGone) this.value.set(null);
  }

  private unread(): Message[] {
    const value = this.value();
    const viewer = this.viewer();
    return value && viewer
      ? messagesOf(value).filter((message) => isUnreadFor(viewer, message))
      : [];
  }

  private growBack(): Observable<unknown> {
    const value = this.value();
    if (!value) return EMPTY;
    this.isLoadingOlder.set(true);
    this.historyFailure.set(null);
    return this.sync.older(value).pipe(
      tap((page) => {
        this.value.update((current) => current && foldHistory(current, page));
      }),
      catchError((error: unknown) => {
        this.historyFailure.set(readFailure(error));
        return EMPTY;
      }),
      takeUntil(this.openings),
      finalize(() => {
        this.isLoadingOlder.set(false);
      }),
    );
  }
}
