import type { InboxFilters } from '@support-chat/admin-data-access';

/** The filters people choose between; each stands for a pair of the list's filters. */
export const INBOX_TABS = {
  all: { unread: false, active: null },
  unread: { unread: true, active: null },
  active: { unread: false, active: true },
  ended: { unread: false, active: false },
} as const satisfies Record<string, Pick<InboxFilters, 'unread' | 'active'>>;

export type InboxTab = keyof typeof INBOX_TABS;

/** The tab that filters stand for; a combination no tab has (an old address) shows as `all`. */
export function tabOf({ unread, active }: InboxFilters): InboxTab {
  const tabs = Object.keys(INBOX_TABS) as InboxTab[];
  return (
    tabs.find((tab) => INBOX_TABS[tab].unread === unread && INBOX_TABS[tab].active === active) ??
    'all'
  );
}
