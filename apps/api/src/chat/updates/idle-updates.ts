import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { KnownCallers } from '../../auth';
import { IdlePolls, type IdleAnswer } from '../../platform/http/idle-polls';
import { mayAccessConversation } from '../access/conversation-access.policy';
import { ConversationOwners } from '../access/conversation-owners';
import { ConversationRevisions } from './conversation-revisions';

const POLL = /^\/api\/chat\/conversations\/([1-9]\d{0,15})\/updates\/?\?after=(\d{1,16})$/;
const ANSWER: IdleAnswer = { status: 204, route: '/api/chat/conversations/:id/updates' };

/** The poll for changes that finds none: 204 from memory. */
@Injectable()
export class IdleUpdates {
  constructor(
    polls: IdlePolls,
    private readonly callers: KnownCallers,
    private readonly owners: ConversationOwners,
    private readonly revisions: ConversationRevisions,
  ) {
    polls.add((request) => this.answer(request));
  }

  private answer(request: IncomingMessage): IdleAnswer | null {
    const poll = POLL.exec(request.url ?? '');
    const caller = poll && this.callers.find(request);
    if (!caller) return null;
    const id = Number(poll[1]);
    const ownerId = this.owners.peek(id);
    if (ownerId === undefined || !mayAccessConversation(caller, ownerId)) return null;
    return this.revisions.peek(id) === Number(poll[2]) ? ANSWER : null;
  }
}
