import { CONVERSATION_COLUMNS, CONVERSATION_TABLES } from '../../chat';
import type { Statement } from '../../platform/database/database';
import type { InboxQuery } from './inbox-query';

/** The order of the list, newest activity first; the indexes have the same expressions. */
const ACTIVITY = 'coalesce(c.last_message_at, c.created_at)';
const ORDER = `${ACTIVITY} DESC, c.id DESC`;

interface BoundStatement {
  statement: Statement;
  values: unknown[];
}

/** One page of the list, one row more than the page where it is scrolled, to know of a next one. */
export function pageStatement(query: InboxQuery): BoundStatement {
  const filters = new Filters(query);
  const { position, size } = query;
  let limit: string;
  if ('page' in position) {
    limit = `LIMIT ${filters.bind(size)} OFFSET ${filters.bind((position.page - 1) * size)}`;
  } else {
    if (position.after) {
      const activity = `to_timestamp(${filters.bind(position.after.activity)}::numeric / 1000)`;
      filters.add(
        'after',
        `(${ACTIVITY}, c.id) < (${activity}, ${filters.bind(position.after.id)})`,
      );
    }
    limit = `LIMIT ${filters.bind(size + 1)}`;
  }
  return {
    statement: {
      name: `inbox-${'page' in position ? 'page' : 'scroll'}-${filters.name}`,
      text: `SELECT ${CONVERSATION_COLUMNS}, ${ACTIVITY} AS activity
        FROM ${CONVERSATION_TABLES} ${filters.where} ORDER BY ${ORDER} ${limit}`,
    },
    values: filters.values,
  };
}

/** How many conversations the filters let through. */
export function countStatement(query: InboxQuery): BoundStatement {
  const filters = new Filters(query);
  const tables = query.search === null ? '' : 'JOIN auth_user u ON u.id = c.user_id';
  return {
    statement: {
      name: `inbox-count-${filters.name}`,
      text: `SELECT count(*) AS total FROM chat_conversations c ${tables} ${filters.where}`,
    },
    values: filters.values,
  };
}

/** Collects conditions and their values; conditions are fixed texts, so nothing can be injected. */
class Filters {
  readonly values: unknown[] = [];
  private readonly names: string[] = [];
  private readonly conditions: string[] = [];

  constructor({ unread, active, hasMessages, search }: InboxQuery) {
    if (unread !== null)
      this.addFlag('unread', unread, 'c.admin_unread_count > 0', 'c.admin_unread_count = 0');
    if (active !== null) this.addFlag('active', active, 'c.is_active', 'NOT c.is_active');
    if (hasMessages !== null)
      this.addFlag('full', hasMessages, 'c.message_count > 0', 'c.message_count = 0');
    if (search !== null) {
      const pattern = this.bind(`%${search.replace(/[\\%_]/g, String.raw`\$&`)}%`);
      this.add('search', `(u.name ILIKE ${pattern} OR u.email ILIKE ${pattern})`);
    }
  }

  get name(): string {
    return this.names.join('-') || 'all';
  }

  get where(): string {
    return this.conditions.length === 0 ? '' : `WHERE ${this.conditions.join(' AND ')}`;
  }

  bind(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  add(name: string, condition: string): void {
    this.names.push(name);
    this.conditions.push(condition);
  }

  private addFlag(name: string, flag: boolean, whenTrue: string, whenFalse: string): void {
    this.add(flag ? name : `not_${name}`, flag ? whenTrue : whenFalse);
  }
}
