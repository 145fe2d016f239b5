import { Injectable } from '@nestjs/common';
import type { Caller } from '../../auth';
import { ProblemError } from '../../platform/http/problem.error';
import { mayAccessConversation } from './conversation-access.policy';
import { ConversationOwners } from './conversation-owners';

/** A conversation that its caller was let into. */
export interface AccessedConversation {
  id: number;
  ownerId: number;
}

/** Lets callers into conversations, by REST and socket alike. */
@Injectable()
export class ConversationAccess {
  constructor(private readonly owners: ConversationOwners) {}

  /**
   * `not_found` for absent and foreign alike. At once, without a promise, from memory: but only for
   * who may enter. Whoever may not waits for the database, or could tell foreign from absent by
   * the time it takes, and by what is said while the database is away.
   */
  enter(caller: Caller, id: number): AccessedConversation | Promise<AccessedConversation> {
    const known = this.owners.peek(id);
    if (known !== undefined && mayAccessConversation(caller, known)) return { id, ownerId: known };
    return this.ask(caller, id);
  }

  private async ask(caller: Caller, id: number): Promise<AccessedConversation> {
    const ownerId = await this.owners.read(id);
    if (ownerId === null || !mayAccessConversation(caller, ownerId)) throw ProblemError.notFound();
    await this.owners.remember(id, ownerId);
    return { id, ownerId };
  }
}
