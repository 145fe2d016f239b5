import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { KnownCallers } from '../../auth';
import { matchesTag } from '../../platform/http/etag';
import { IdlePolls, type IdleAnswer } from '../../platform/http/idle-polls';
import { parseInboxQuery, type InboxQuery } from './inbox-query';
import { InboxService } from './inbox.service';

const POLL = /^\/api\/chat\/conversations\/?(?:\?([\w=&-]*))?$/;
const MAX_QUERIES = 200;

/** The console's poll of a list that has not changed: 304 from memory. */
@Injectable()
export class IdleInbox {
  /** Query strings read before; the same few are polled again and again. */
  private readonly queries = new Map<string, InboxQuery>();

  constructor(
    polls: IdlePolls,
    private readonly callers: KnownCallers,
    private readonly inbox: InboxService,
  ) {
    polls.add((request) => this.answer(request));
  }

  private answer(request: IncomingMessage): IdleAnswer | null {
    const known = request.headers['if-none-match'];
    const poll = known === undefined ? null : POLL.exec(request.url ?? '');
    if (!poll || this.callers.find(request)?.role !== 'admin') return null;
    const query = this.read(poll[1] ?? '');
    const page = query && this.inbox.peek(query);
    if (!page || !matchesTag(known, page.tag)) return null;
    return { status: 304, route: '/api/chat/conversations', tag: page.tag };
  }

  /** Null for one that has a parameter twice or is refused; the controller says what is wrong. */
  private read(text: string): InboxQuery | null {
    const remembered = this.queries.get(text);
    if (remembered) return remembered;
    const parameters = [...new URLSearchParams(text)];
    const byName = Object.fromEntries(parameters);
    if (Object.keys(byName).length < parameters.length) return null;
    const query = parseOrNull(byName);
    if (query) this.remember(text, query);
    return query;
  }

  private remember(text: string, query: InboxQuery): void {
    if (this.queries.size >= MAX_QUERIES) this.queries.clear();
    this.queries.set(text, query);
  }
}

function parseOrNull(parameters: Record<string, string>): InboxQuery | null {
  try {
    return parseInboxQuery(parameters);
  } catch {
    return null;
  }
}
