import { LIMITS } from '@support-chat/contracts';

/** What the list shows; the defaults are the console's first view: conversations with messages. */
export interface InboxFilters {
  /** Only conversations with messages that no admin has read. */
  unread: boolean;
  /** Only active or only ended ones; null for both. */
  active: boolean | null;
  /** Also conversations in which nothing was written yet. */
  empty: boolean;
  /** Part of the student's name or e-mail address. */
  search: string;
}

export const DEFAULT_FILTERS: InboxFilters = {
  unread: false,
  active: null,
  empty: false,
  search: '',
};

/** The filters as a query string holds them; defaults are left out. `null` removes a parameter. */
export interface InboxQuery {
  unread: 'true' | null;
  active: 'true' | 'false' | null;
  empty: 'true' | null;
  search: string | null;
}

export function toQuery({ unread, active, empty, search }: InboxFilters): InboxQuery {
  return {
    unread: unread ? 'true' : null,
    active: active === null ? null : `${active}`,
    empty: empty ? 'true' : null,
    search: search.trim() || null,
  };
}

/** Reads a query string; what makes no sense is the default. */
export function fromQuery(query: { get(name: string): string | null }): InboxFilters {
  const active = query.get('active');
  return {
    unread: query.get('unread') === 'true',
    active: active === 'true' ? true : active === 'false' ? false : null,
    empty: query.get('empty') === 'true',
    search: (query.get('search') ?? '').slice(0, LIMITS.searchMaxLength),
  };
}
