import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink, RouterOutlet } from '@angular/router';
import {
  DEFAULT_FILTERS,
  type InboxFilters,
  InboxStore,
  fromQuery,
  toQuery,
} from '@support-chat/admin-data-access';
import {
  ConnectionBannerComponent,
  ConnectionStatusComponent,
  EmptyStateComponent,
  I18n,
  IconComponent,
} from '@support-chat/ui';
import { ConversationHeaderComponent } from './conversation-header.component';
import { InboxFiltersComponent } from './inbox-filters.component';
import { InboxListComponent } from './inbox-list.component';
import type { OpenThread } from './open-thread';

/**
 * The console's list of conversations with the open one beside it; on phones one of the two at a time.
 * Filters and search are in the address. The thread itself comes from the child route, whose component
 * must be an `OpenThread`.
 */
@Component({
  selector: 'sc-inbox',
  imports: [
    ConnectionBannerComponent,
    ConnectionStatusComponent,
    ConversationHeaderComponent,
    EmptyStateComponent,
    IconComponent,
    InboxFiltersComponent,
    InboxListComponent,
    RouterLink,
    RouterOutlet,
  ],
  providers: [InboxStore],
  host: { '[class.open]': 'thread() !== null' },
  templateUrl: './inbox.component.html',
  styleUrl: './inbox.component.css',
})
export class InboxComponent {
  protected readonly store = inject(InboxStore);
  protected readonly i18n = inject(I18n);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly injector = inject(Injector);
  private readonly list = viewChild.required(InboxListComponent);
  private readonly listElement = viewChild.required<ElementRef<HTMLElement>>('listElement');
  private readonly header = viewChild(ConversationHeaderComponent);

  private readonly query = toSignal(this.route.queryParamMap, { requireSync: true });
  protected readonly filters = computed(() => fromQuery(this.query()));

  protected readonly thread = signal<OpenThread | null>(null);
  private readonly openId = computed(() => Number(this.thread()?.conversationId()));
  /** The row knows it at once; a conversation that is not in the list is known when it is loaded. */
  protected readonly conversation = computed(() => {
    const open = this.thread()?.conversation();
    if (open?.id === this.openId()) return open;
    return this.store.rows().find(({ id }) => id === this.openId()) ?? null;
  });

  protected readonly isOnline = computed(() => this.thread()?.presence()?.userOnline ?? null);

  constructor() {
    effect(() => {
      const filters = this.filters();
      untracked(() => {
        this.store.show(filters);
      });
    });
  }

  protected async choose(filters: InboxFilters): Promise<void> {
    await this.router.navigate([], {
      relativeTo: this.route,
      queryParams: toQuery(filters),
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }

  protected async clear(): Promise<void> {
    await this.choose(DEFAULT_FILTERS);
  }

  /** Where there is room for both the focus stays in the list; else its place is gone, and it goes along. */
  protected onOpen(thread: OpenThread): void {
    this.thread.set(thread);
    this.afterDrawing(() => {
      if (!this.listElement().nativeElement.checkVisibility()) this.header()?.focus();
    });
  }

  protected onClose(): void {
    const id = this.openId();
    this.thread.set(null);
    this.afterDrawing(() => {
      this.list().focusRow(id);
    });
  }

  private afterDrawing(act: () => void): void {
    afterNextRender({ read: act }, { injector: this.injector });
  }
}
