import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentUser, type Caller } from '../../auth';
import { isNotModified } from '../../platform/http/etag';
import { ApiTaggedResponse } from '../../platform/http/open-api.decorators';
import { Metrics } from '../../platform/metrics/metrics';
import type { AccessedConversation } from '../access/conversation-access';
import { sideOf } from '../access/conversation-access.policy';
import { ConversationRoute, CurrentConversation } from '../access/conversation-route.decorator';
import { ConversationsService } from '../conversations/conversations.service';
import { UnreadCountModel } from '../models/unread.model';
import { unreadTag } from './unread-tag';
import { UnreadTotals } from './unread-totals';

@ApiTags('chat')
@Controller('chat')
export class UnreadCountController {
  constructor(
    private readonly totals: UnreadTotals,
    private readonly conversations: ConversationsService,
    private readonly metrics: Metrics,
  ) {}

  /** Not async: an idle poll is answered at once from memory. */
  @Get('unread-count')
  @Access('any')
  @ApiOperation({ operationId: 'getUnreadCount', summary: 'All unread messages of the caller' })
  @ApiTaggedResponse({ type: UnreadCountModel })
  total(
    @CurrentUser() caller: Caller,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() reply: FastifyReply,
  ): void | Promise<void> {
    const known = this.totals.peek(caller);
    if (known === undefined) {
      return this.totals.get(caller).then((total) => {
        sendCount(reply, ifNoneMatch, total);
      });
    }
    this.metrics.pollsFromMemory.inc();
    sendCount(reply, ifNoneMatch, known);
  }

  @Get('conversations/:id/unread-count')
  @ConversationRoute()
  @ApiOperation({ operationId: 'getConversationUnreadCount', summary: 'Unread in a conversation' })
  @ApiTaggedResponse({ type: UnreadCountModel })
  async ofConversation(
    @CurrentUser() caller: Caller,
    @CurrentConversation() { id }: AccessedConversation,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendCount(reply, ifNoneMatch, await this.conversations.unreadCount(id, sideOf(caller)));
  }
}

function sendCount(reply: FastifyReply, ifNoneMatch: string | undefined, count: number): void {
  if (!isNotModified(reply, ifNoneMatch, unreadTag(count))) {
    void reply.send({ unread_count: count });
  }
}
