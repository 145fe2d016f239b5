import { CONVERSATION_COLUMNS, CONVERSATION_TABLES } from '../../chat';
import type { Statement } from '../../platform/database/database';
import type { InboxQuery } from './inbox-query';

/** The order of the list, newest activity first; the indexes have the same expressions. */
const ACTIVITY = 'coalesce(c.last_message_at, c.created_at)';
const ORDER = `${ACTIVITY} DESC, c.id DESC`;

const LIMIT_STEP = 10;

interface BoundStatement {
  statement: Statement;
  values: unknown[];
}

/**
 * A page of the list: at least `query.size` rows where there are so many, and where it is scrolled
 * one more, to know of a next one.
 */
export function pageStatement(query: InboxQuery): BoundStatement {
  const filters = new Filters(query);
  const { position } = query;
  const limit = 'page' in position ? fixedLimit(query.size) : fixedLimit(query.size) + 1;
  let offset = '';
  if ('page' in position) {
    if (position.page > 1) {
      filters.label('further');
      offset = `OFFSET ${filters.bind((position.page - 1) * query.size)}`;
    }
  } else if (position.after) {
    const activity = `to_timestamp(${filters.bind(position.after.activity)}::numeric / 1000)`;
    filters.add('after', `(${ACTIVITY}, c.id) < (${activity}, ${filters.bind(position.after.id)})`);
  }
  return {
    statement: {
      name: `inbox-${limit}-${filters.name}`,
      text: `SELECT ${CONVERSATION_COLUMNS}, ${ACTIVITY} AS activity
        FROM ${CONVERSATION_TABLES} ${filters.where} ORDER BY ${ORDER} LIMIT ${limit} ${offset}`,
    },
    values: filters.values,
  };
}

/**
 * The limit is written into the text: with a bound one PostgreSQL has to expect a tenth of the
 * list, so it never keeps the plan and plans anew each time, which takes longer than reading the
 * page. In steps, since every text stays prepared on each connection.
 */
function fixedLimit(size: number): number {
  return Math.ceil(size / LIMIT_STEP) * LIMIT_STEP;
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

  /** Makes another name for another text. */
  label(name: string): void {
    this.names.push(name);
  }

  add(name: string, condition: string): void {
    this.label(name);
    this.conditions.push(condition);
  }

  private addFlag(name: string, flag: boolean, whenTrue: string, whenFalse: string): void {
    this.add(flag ? name : `not_${name}`, flag ? whenTrue : whenFalse);
  }
}
