import { Service, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  ChatSocket,
  ConnectionGauge,
  type PollOutcome,
  SharedPoller,
  SocketNudges,
  type Tagged,
  UnreadStore,
} from '@support-chat/chat-data-access';
import {
  ANSWER_WITHIN_MS,
  type Conversation,
  type CursorPage,
  type Failure,
  readFailure,
} from '@support-chat/contracts';
import {
  EMPTY,
  type Observable,
  Subject,
  catchError,
  concatMap,
  exhaustMap,
  finalize,
  merge,
  switchMap,
  takeUntil,
  tap,
  timeout,
} from 'rxjs';
import { AdminApi } from './admin.api';
import { type Rows, countHeld, foldPage, foldRow, foldTop, inHeldOrder } from './fold-rows';
import { DEFAULT_FILTERS, type InboxFilters } from './inbox-filters';

type Top = Tagged<CursorPage<Conversation>> | null;

/**
 * The console's list of conversations, newest activity first, kept up to date while the store
 * lives: provide it where the list is. Acts never throw; what fails shows beside the rows, which
 * are kept.
 */
@Service({ autoProvided: false })
export class InboxStore {
  private readonly api = inject(AdminApi);
  private readonly shared = inject(SharedPoller);
  private readonly socket = inject(ChatSocket);
  private readonly unread = inject(UnreadStore);
  private readonly shownFilters = signal<InboxFilters>(DEFAULT_FILTERS);
  private readonly list = signal<Rows | null>(null);
  private readonly held = signal<Rows | null>(null);
  private readonly nextPage = signal<string | null>(null);
  private readonly topFailure = signal<Failure | null>(null);
  private readonly isLoadingMore = signal(false);
  private readonly pageFailure = signal<Failure | null>(null);
  private readonly lastCloseFailure = signal<Failure | null>(null);
  private readonly showings = new Subject<InboxFilters>();
  private readonly moreRequests = new Subject<string>();
  private readonly closings = new Subject<number>();
  private readonly refreshes = new Subject<void>();
  private readonly nudges = new SocketNudges(this.socket);
  private readonly gauge = new ConnectionGauge(this.nudges.liveness);
  private topVersion = '';
  private isHolding = false;

  readonly filters = this.shownFilters.asReadonly();
  /** `failed` only when there are no rows to show. */
  readonly status = computed(() => {
    if (this.list()) return 'ready';
    return this.topFailure() ? 'failed' : 'loading';
  });
  readonly failure = this.topFailure.asReadonly();
  readonly rows = computed(() => {
    const [rows, held] = [this.list() ?? [], this.held()];
    return held ? inHeldOrder(rows, held) : rows;
  });
  readonly hasMore = computed(() => this.nextPage() !== null);
  readonly loadingMore = this.isLoadingMore.asReadonly();
  readonly moreFailure = this.pageFailure.asReadonly();
  readonly connection = this.gauge.connection;
  readonly connectionStatus = this.gauge.status;
  /** Rows that are new or would move, held back while the order is held. */
  readonly heldUpdates = computed(() => {
    const held = this.held();
    return held ? countHeld(this.list() ?? [], held) : 0;
  });
  /** Why the last attempt to end a conversation failed. */
  readonly closeFailure = this.lastCloseFailure.asReadonly();

  constructor() {
    this.showings
      .pipe(
        switchMap((filters) => this.follow(filters)),
        takeUntilDestroyed(),
      )
      .subscribe();
    this.moreRequests
      .pipe(
        exhaustMap((next) => this.grow(next)),
        takeUntilDestroyed(),
      )
      .subscribe();
    this.closings
      .pipe(
        concatMap((id) => this.end(id)),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** Shows the list under these filters, from its top; starts the store. */
  show(filters: InboxFilters): void {
    this.shownFilters.set(filters);
    this.list.set(null);
    this.held.set(null);
    this.nextPage.set(null);
    this.gauge.reset();
    this.reload();
  }

  /** Loads afresh after a failure. */
  reload(): void {
    this.topFailure.set(null);
    this.pageFailure.set(null);
    this.showings.next(this.shownFilters());
  }

  loadMore(): void {
    const next = this.nextPage();
    if (next !== null) this.moreRequests.next(next);
  }

  /** True while the list has focus or pointer: rows change in place but none moves (ux-4). */
  holdOrder(isHeld: boolean): void {
    this.isHolding = isHeld;
    if (!isHeld) this.held.set(null);
    else if (!this.held()) this.held.set(this.list());
  }

  /** Moves rows to where they belong now, though the order is held. */
  showHeldUpdates(): void {
    this.held.set(this.isHolding ? this.list() : null);
  }

  /** Ends a conversation. */
  close(conversationId: number): void {
    this.closings.next(conversationId);
  }

  private follow(filters: InboxFilters): Observable<unknown> {
    let etag: string | null = null;
    this.topVersion = '';
    return this.shared
      .poll({
        name: `inbox.${JSON.stringify(filters)}`,
        ask: () => this.api.list(filters, etag),
        nudge$: merge(this.refreshes, this.nudges.nudge$),
        version: () => this.topVersion,
        ...this.nudges.part(this.socket.inbox(), ({ type }) => type === 'inbox'),
      })
      .pipe(
        tap((outcome) => {
          this.gauge.note(outcome);
          if (outcome.ok) etag = outcome.value?.etag ?? etag;
          this.looked(outcome);
        }),
      );
  }

  private looked(outcome: PollOutcome<Top>): void {
    this.topFailure.set(outcome.ok ? null : outcome.failure);
    if (!outcome.ok || !outcome.value) return;
    const { results, next } = outcome.value.body;
    this.topVersion = results.map(({ id, revision }) => `${id}.${revision}`).join();
    const before = this.list();
    const rows = foldTop(before ?? [], results, next === null);
    this.list.set(rows);
    // With rows below the top, what comes after the last of them is still the same.
    if (rows.length === results.length) this.nextPage.set(next);
    if (!before && this.isHolding) this.held.set(rows);
    if (before) this.unread.refresh();
  }

  private grow(next: string): Observable<unknown> {
    this.isLoadingMore.set(true);
    this.pageFailure.set(null);
    return this.api.follow(next).pipe(
      timeout(ANSWER_WITHIN_MS),
      tap((page) => {
        this.list.update((rows) => foldPage(rows ?? [], page.results));
        this.nextPage.set(page.next);
      }),
      catchError((error: unknown) => {
        this.pageFailure.set(readFailure(error));
        return EMPTY;
      }),
      takeUntil(this.showings),
      finalize(() => {
        this.isLoadingMore.set(false);
      }),
    );
  }

  private end(id: number): Observable<unknown> {
    this.lastCloseFailure.set(null);
    return this.api.close(id).pipe(
      timeout(ANSWER_WITHIN_MS),
      tap((conversation) => {
        this.list.update((rows) => rows && foldRow(rows, conversation));
        this.refreshes.next();
      }),
      catchError((error: unknown) => {
        this.lastCloseFailure.set(readFailure(error));
        return EMPTY;
      }),
    );
  }
}
