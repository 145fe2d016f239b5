import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { KnownCallers } from '../../auth';
import { matchesTag } from '../../platform/http/etag';
import { IdlePolls, type IdleAnswer } from '../../platform/http/idle-polls';
import { unreadTag } from './unread-tag';
import { UnreadTotals } from './unread-totals';

const PATH = /^\/api\/chat\/unread-count\/?$/;

/** The bell's poll of a count that has not changed: 304 from memory. */
@Injectable()
export class IdleUnreadCount {
  constructor(
    polls: IdlePolls,
    private readonly callers: KnownCallers,
    private readonly totals: UnreadTotals,
  ) {
    polls.add((request) => this.answer(request));
  }

  private answer(request: IncomingMessage): IdleAnswer | null {
    const known = request.headers['if-none-match'];
    if (known === undefined || !PATH.test(request.url ?? '')) return null;
    const caller = this.callers.find(request);
    const count = caller && this.totals.peek(caller);
    if (count === undefined) return null;
    const tag = unreadTag(count);
    return matchesTag(known, tag) ? { status: 304, route: '/api/chat/unread-count', tag } : null;
  }
}
