import {
  Component,
  DestroyRef,
  computed,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import type { InboxFilters } from '@support-chat/admin-data-access';
import { I18n, SearchFieldComponent, SegmentedFilterComponent } from '@support-chat/ui';
import { INBOX_TABS, type InboxTab, tabOf } from './inbox-tab';

/** How long somebody pauses before the search goes out. */
const SEARCH_PAUSE_MS = 250;

/** Search and filters of the list; tells the whole new choice, the search once the typing rests. */
@Component({
  selector: 'sc-inbox-filters',
  imports: [SearchFieldComponent, SegmentedFilterComponent],
  template: `
    <sc-search-field
      [label]="i18n.t('inbox.search')"
      [text]="search()"
      (textChange)="onSearch($event)"
    />
    <sc-segmented-filter
      [label]="i18n.t('inbox.filter')"
      [options]="options()"
      [value]="tab()"
      (valueChange)="onTab($event)"
    />
    <label>
      <input type="checkbox" [checked]="filters().empty" (change)="onEmpty($event)" />
      {{ i18n.t('inbox.withoutMessages') }}
    </label>
  `,
  styleUrl: './inbox-filters.component.css',
})
export class InboxFiltersComponent {
  protected readonly i18n = inject(I18n);

  readonly filters = input.required<InboxFilters>();
  readonly filtersChange = output<InboxFilters>();

  protected readonly tab = computed(() => tabOf(this.filters()));
  /** Follows the address, and runs ahead of it while somebody types. */
  protected readonly search = linkedSignal(() => this.filters().search);
  protected readonly options = computed(() => [
    { value: 'all' as const, label: this.i18n.t('inbox.filterAll') },
    { value: 'unread' as const, label: this.i18n.t('inbox.filterUnread') },
    { value: 'active' as const, label: this.i18n.t('inbox.filterActive') },
    { value: 'ended' as const, label: this.i18n.t('inbox.filterEnded') },
  ]);

  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
    });
  }

  protected onSearch(text: string): void {
    this.search.set(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.change({ search: text });
    }, SEARCH_PAUSE_MS);
  }

  protected onTab(tab: InboxTab): void {
    this.change(INBOX_TABS[tab]);
  }

  protected onEmpty(event: Event): void {
    this.change({ empty: (event.target as HTMLInputElement).checked });
  }

  /** Another choice made while a search is pending takes the search along. */
  private change(choice: Partial<InboxFilters>): void {
    clearTimeout(this.timer);
    this.filtersChange.emit({ ...this.filters(), search: this.search(), ...choice });
  }
}
