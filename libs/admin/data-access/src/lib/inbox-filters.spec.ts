import { convertToParamMap } from '@angular/router';
import { DEFAULT_FILTERS, type InboxFilters, fromQuery, toQuery } from './inbox-filters';

describe('filters in the address', () => {
  const roundTrip = (filters: InboxFilters) => {
    const given = Object.entries(toQuery(filters)).filter(([, value]) => value !== null);
    return fromQuery(convertToParamMap(Object.fromEntries(given)));
  };

  it('ux-6 come back as they were', () => {
    for (const filters of [
      DEFAULT_FILTERS,
      { unread: true, active: true, empty: true, search: 'zoë & co' },
      { unread: false, active: false, empty: false, search: '' },
    ]) {
      expect(roundTrip(filters)).toEqual(filters);
    }
  });

  it('leave the address bare in the first view', () => {
    expect(Object.values(toQuery(DEFAULT_FILTERS))).toEqual([null, null, null, null]);
  });

  it('are the first view where the address makes no sense', () => {
    const query = convertToParamMap({ unread: 'yes', active: '7', search: 'x'.repeat(500) });
    expect(fromQuery(query)).toEqual({ ...DEFAULT_FILTERS, search: 'x'.repeat(100) });
  });
});
