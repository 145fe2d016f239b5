import { Injectable } from '@nestjs/common';
import type { Caller } from '../../auth';
import { NewsBus } from '../../platform/bus/news-bus';
import { ReadThroughCache } from '../../platform/cache/read-through-cache';
import { SharedCache } from '../../platform/cache/shared-cache';
import { Database } from '../../platform/database/database';
import { CONVERSATION_NEWS } from '../conversations/conversation.topic';
import { ADMIN_UNREAD_TOTAL, USER_UNREAD_TOTAL } from './read-status.statements';

const MAX_REMEMBERED = 100_000;
/** All admins share one total. User ids are positive. */
const ALL_ADMINS = 0;

/** How many messages a caller has not read, remembered until one of their conversations changes. */
@Injectable()
export class UnreadTotals {
  private readonly memory: ReadThroughCache<number, number>;

  constructor(
    private readonly database: Database,
    private readonly shared: SharedCache,
    bus: NewsBus,
  ) {
    this.memory = new ReadThroughCache(bus, MAX_REMEMBERED);
    bus.on(CONVERSATION_NEWS, ({ id, user_id, revision }) => {
      for (const key of [ALL_ADMINS, user_id]) {
        this.memory.forget(key);
        this.shared.changed(`unread:${key}`, `${id}.${revision}`);
      }
    });
  }

  /** From memory alone, or undefined. */
  peek(caller: Caller): number | undefined {
    return this.memory.peek(keyOf(caller));
  }

  async get(caller: Caller): Promise<number> {
    const key = keyOf(caller);
    return this.memory.get(key, async () =>
      this.shared.get(`unread:${key}`, async () => this.read(caller)),
    );
  }

  private async read({ id, role }: Caller): Promise<number> {
    const [row] =
      role === 'admin'
        ? await this.database.rows<{ total: number }>(ADMIN_UNREAD_TOTAL, [])
        : await this.database.rows<{ total: number }>(USER_UNREAD_TOTAL, [id]);
    return row?.total ?? 0;
  }
}

function keyOf(caller: Caller): number {
  return caller.role === 'admin' ? ALL_ADMINS : caller.id;
}
