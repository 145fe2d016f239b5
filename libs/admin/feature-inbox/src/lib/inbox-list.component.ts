import {
  Component,
  DestroyRef,
  ElementRef,
  computed,
  effect,
  inject,
  output,
  signal,
  viewChild,
  viewChildren,
} from '@angular/core';
import { InboxStore } from '@support-chat/admin-data-access';
import { ErrorStateComponent, I18n, SkeletonComponent, rovingTarget } from '@support-chat/ui';
import { InboxEmptyComponent } from './inbox-empty.component';
import { InboxRowComponent } from './inbox-row.component';

/** More is fetched when the end is this near. */
const AHEAD = '800px';

/**
 * The rows, in every state they can be in. One stop for Tab, arrows move on; while somebody points at
 * them or has the focus in them, no row changes its place.
 */
@Component({
  selector: 'sc-inbox-list',
  imports: [ErrorStateComponent, InboxEmptyComponent, InboxRowComponent, SkeletonComponent],
  host: {
    '(keydown)': 'onKeydown($event)',
    '(focusin)': 'hold({ focused: true })',
    '(focusout)': 'onFocusout($event)',
    '(pointerenter)': 'onPointer($event, true)',
    '(pointerleave)': 'onPointer($event, false)',
  },
  templateUrl: './inbox-list.component.html',
  styleUrl: './inbox-list.component.css',
})
export class InboxListComponent {
  protected readonly store = inject(InboxStore);
  protected readonly i18n = inject(I18n);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly clear = output();

  private readonly rows = viewChildren(InboxRowComponent);
  private readonly more = viewChild<ElementRef<HTMLElement>>('more');

  private readonly chosenId = signal<number | null>(null);
  protected readonly tabStopId = computed(() => {
    const rows = this.store.rows();
    const chosen = rows.find(({ id }) => id === this.chosenId());
    return (chosen ?? rows[0])?.id ?? null;
  });
  private attention = { focused: false, pointed: false };

  constructor() {
    const nearEnd = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.loadMore();
      },
      { rootMargin: AHEAD },
    );
    effect(() => {
      // Observed anew after each page, since an end that stayed in view would not be told again.
      this.store.rows();
      nearEnd.disconnect();
      const more = this.more()?.nativeElement;
      if (more) nearEnd.observe(more);
    });
    inject(DestroyRef).onDestroy(() => {
      nearEnd.disconnect();
    });
  }

  /** Back from a conversation to the row it was opened by, or to the first if that one is gone. */
  focusRow(id: number): void {
    const rows = this.rows();
    const row = rows.find(({ conversation }) => conversation().id === id) ?? rows[0];
    row?.focus();
  }

  protected choose(id: number): void {
    this.chosenId.set(id);
  }

  protected loadMore(): void {
    if (!this.store.loadingMore() && !this.store.moreFailure()) this.store.loadMore();
  }

  protected onKeydown(event: KeyboardEvent): void {
    const rows = this.rows();
    const current = rows.findIndex((row) => row.conversation().id === this.tabStopId());
    const target = rovingTarget(event, current, rows.length);
    if (target === undefined) return;
    event.preventDefault();
    rows[target]?.focus();
  }

  protected onFocusout({ relatedTarget }: FocusEvent): void {
    if (!this.host.contains(relatedTarget as Node | null)) this.hold({ focused: false });
  }

  /** A finger does not rest on the list; only a mouse does. */
  protected onPointer({ pointerType }: PointerEvent, pointed: boolean): void {
    if (pointerType === 'mouse') this.hold({ pointed });
  }

  protected hold(change: Partial<typeof this.attention>): void {
    this.attention = { ...this.attention, ...change };
    this.store.holdOrder(this.attention.focused || this.attention.pointed);
  }
}
