import { Injectable } from '@nestjs/common';
import { NewsBus } from '../../platform/bus/news-bus';
import { SESSION_NEWS } from '../sessions/session.topic';
import { USER_NEWS } from '../users/user.topic';
import type { Caller } from './caller';

const MAX_TOKENS = 50_000;

interface Memory {
  caller: Caller;
  expiresAtMs: number;
}

/**
 * Whom the tokens verified before belong to, so that a poll needs neither signature nor database.
 * An entry ends with its token, with any news of its user or sign-in, and with any doubt about
 * news. Bounded: the oldest go first.
 */
@Injectable()
export class CallerMemory {
  private readonly byToken = new Map<string, Memory>();
  private readonly tokensByOwner = new Map<number | string, Set<string>>();
  private changes = 0;

  constructor(private readonly bus: NewsBus) {
    bus.onDoubt(() => {
      this.forgetAll();
    });
    bus.on(USER_NEWS, ({ id }) => {
      this.forgetOwner(id);
    });
    bus.on(SESSION_NEWS, ({ family }) => {
      this.forgetOwner(family);
    });
  }

  /** Counts what was heard; a caller read before the count went up must not be remembered. */
  get version(): number {
    return this.changes;
  }

  find(token: string): Caller | undefined {
    if (!this.bus.isFresh) return undefined;
    const memory = this.byToken.get(token);
    if (memory === undefined) return undefined;
    if (memory.expiresAtMs > Date.now()) return memory.caller;
    this.forget(token, memory);
    return undefined;
  }

  /** @param version what `version` said before `caller` was read */
  remember(token: string, caller: Caller, expiresAtMs: number, version: number): void {
    if (!this.bus.isFresh || version !== this.changes) return;
    this.byToken.set(token, { caller, expiresAtMs });
    this.own(caller.id, token);
    this.own(caller.sessionFamily, token);
    if (this.byToken.size > MAX_TOKENS) this.forgetOldest();
  }

  private own(owner: number | string, token: string): void {
    const tokens = this.tokensByOwner.get(owner);
    if (tokens) tokens.add(token);
    else this.tokensByOwner.set(owner, new Set([token]));
  }

  private disown(owner: number | string, token: string): void {
    const tokens = this.tokensByOwner.get(owner);
    tokens?.delete(token);
    if (tokens?.size === 0) this.tokensByOwner.delete(owner);
  }

  private forget(token: string, { caller }: Memory): void {
    this.byToken.delete(token);
    this.disown(caller.id, token);
    this.disown(caller.sessionFamily, token);
  }

  private forgetOwner(owner: number | string): void {
    this.changes += 1;
    for (const token of this.tokensByOwner.get(owner) ?? []) {
      const memory = this.byToken.get(token);
      if (memory) this.forget(token, memory);
    }
  }

  private forgetOldest(): void {
    for (const [token, memory] of this.byToken) {
      this.forget(token, memory);
      return;
    }
  }

  private forgetAll(): void {
    this.changes += 1;
    this.byToken.clear();
    this.tokensByOwner.clear();
  }
}
