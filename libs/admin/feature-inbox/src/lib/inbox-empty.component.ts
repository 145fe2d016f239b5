import { Component, computed, inject, output } from '@angular/core';
import { InboxStore } from '@support-chat/admin-data-access';
import { EmptyStateComponent, I18n, type TranslationKey } from '@support-chat/ui';
import { type InboxTab, tabOf } from './inbox-tab';

const WORDS: Record<InboxTab, [heading: TranslationKey, text: TranslationKey]> = {
  all: ['inbox.emptyAllTitle', 'inbox.emptyAllText'],
  unread: ['inbox.emptyUnreadTitle', 'inbox.emptyUnreadText'],
  active: ['inbox.emptyActiveTitle', 'inbox.emptyActiveText'],
  ended: ['inbox.emptyEndedTitle', 'inbox.emptyEndedText'],
};

/** Why the list is empty under its present filters, and the way back to all of it. */
@Component({
  selector: 'sc-inbox-empty',
  imports: [EmptyStateComponent],
  template: `
    <sc-empty-state
      [icon]="search() ? 'search' : 'inbox'"
      [heading]="
        search() ? i18n.t('inbox.emptySearchTitle', { search: search() }) : i18n.t(words()[0])
      "
      [text]="i18n.t(search() ? 'inbox.emptySearchText' : words()[1])"
    >
      @if (isFiltered()) {
        <button type="button" class="sc-button" (click)="clear.emit()">
          {{ i18n.t('inbox.clearFilters') }}
        </button>
      }
    </sc-empty-state>
  `,
})
export class InboxEmptyComponent {
  protected readonly i18n = inject(I18n);
  private readonly store = inject(InboxStore);

  readonly clear = output();

  private readonly tab = computed(() => tabOf(this.store.filters()));
  protected readonly search = computed(() => this.store.filters().search);
  protected readonly isFiltered = computed(() => this.search() !== '' || this.tab() !== 'all');
  protected readonly words = computed(() => WORDS[this.tab()]);
}
