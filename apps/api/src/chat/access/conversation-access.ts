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

  /** `not_found` for absent and foreign alike. At once, without a promise, from memory. */
  enter(caller: Caller, id: number): AccessedConversation | Promise<AccessedConversation> {
    const known = this.owners.peek(id);
    if (known !== undefined) return admit(caller, id, known);
    return this.owners.get(id).then((ownerId) => admit(caller, id, ownerId));
  }
}

function admit(caller: Caller, id: number, ownerId: number): AccessedConversation {
  if (!mayAccessConversation(caller, ownerId)) throw ProblemError.notFound();
  return { id, ownerId };
}
