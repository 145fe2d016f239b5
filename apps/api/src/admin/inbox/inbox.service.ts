import { Injectable } from '@nestjs/common';
import { API_ROUTES, type Conversation, type CursorPage, type Page } from '@support-chat/contracts';
import { USER_NEWS } from '../../auth';
import { CONVERSATION_NEWS, toConversation, type ConversationRow } from '../../chat';
import { NewsBus } from '../../platform/bus/news-bus';
import { ReadThroughCache } from '../../platform/cache/read-through-cache';
import { Database } from '../../platform/database/database';
import { bodyTag } from '../../platform/http/etag';
import { ProblemError } from '../../platform/http/problem.error';
import { formatInboxQuery, type InboxPosition, type InboxQuery } from './inbox-query';
import { countStatement, pageStatement } from './inbox.statement';

type InboxRow = ConversationRow & { activity: Date };

/** A page ready to send, with its entity tag. */
export interface InboxBody {
  json: string;
  tag: string;
}

const MAX_REMEMBERED_PAGES = 200;
const MAX_REMEMBERED_COUNTS = 100;

/**
 * The console's list of conversations. All admins see the same, so each page is read once and
 * remembered until any conversation or user changes.
 */
@Injectable()
export class InboxService {
  private readonly pages: ReadThroughCache<string, InboxBody>;
  private readonly counts: ReadThroughCache<string, number>;

  constructor(
    private readonly database: Database,
    bus: NewsBus,
  ) {
    this.pages = new ReadThroughCache(bus, MAX_REMEMBERED_PAGES);
    this.counts = new ReadThroughCache(bus, MAX_REMEMBERED_COUNTS);
    bus.on(CONVERSATION_NEWS, ({ is_relisted }) => {
      this.pages.clear();
      if (is_relisted) this.counts.clear();
    });
    bus.on(USER_NEWS, () => {
      this.pages.clear();
      this.counts.clear();
    });
  }

  /** From memory alone, or undefined. */
  peek(query: InboxQuery): InboxBody | undefined {
    return this.pages.peek(formatInboxQuery(query, query.position));
  }

  /** `invalid_page` past the end. */
  async get(query: InboxQuery): Promise<InboxBody> {
    return this.pages.get(formatInboxQuery(query, query.position), async () => {
      const { position } = query;
      const body =
        'page' in position ? await this.page(query, position.page) : await this.scroll(query);
      const json = JSON.stringify(body);
      return { json, tag: bodyTag(json) };
    });
  }

  private async page(query: InboxQuery, page: number): Promise<Page<Conversation>> {
    const [count, found] = await Promise.all([this.count(query), this.rows(query)]);
    const rows = found.slice(0, query.size);
    if (rows.length === 0 && page > 1) {
      throw new ProblemError('invalid_page', 'The list has fewer pages.');
    }
    return {
      count,
      next: page * query.size < count ? link(query, { page: page + 1 }) : null,
      previous: page > 1 ? link(query, { page: page - 1 }) : null,
      results: rows.map((row) => toConversation(row, 'admin')),
    };
  }

  private async scroll(query: InboxQuery): Promise<CursorPage<Conversation>> {
    const rows = await this.rows(query);
    const shown = rows.slice(0, query.size);
    const last = shown.at(-1);
    const isMore = rows.length > shown.length && last !== undefined;
    const after = last && { activity: last.activity.getTime(), id: last.id };
    return {
      next: isMore && after ? link(query, { after }) : null,
      results: shown.map((row) => toConversation(row, 'admin')),
    };
  }

  private async rows(query: InboxQuery): Promise<InboxRow[]> {
    const { statement, values } = pageStatement(query);
    return this.database.rows<InboxRow>(statement, values);
  }

  private async count(query: InboxQuery): Promise<number> {
    const { statement, values } = countStatement(query);
    return this.counts.get(`${statement.name} ${query.search ?? ''}`, async () => {
      const [row] = await this.database.rows<{ total: number }>(statement, values);
      return row?.total ?? 0;
    });
  }
}

function link(query: InboxQuery, position: InboxPosition): string {
  return `${API_ROUTES.conversations}?${formatInboxQuery(query, position)}`;
}
