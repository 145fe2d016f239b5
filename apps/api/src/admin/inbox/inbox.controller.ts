import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../auth';
import { ConversationPageModel } from '../../chat';
import { isNotModified, sendJson } from '../../platform/http/etag';
import { ApiTaggedResponse } from '../../platform/http/open-api.decorators';
import { Metrics } from '../../platform/metrics/metrics';
import { parseInboxQuery, refuseUndecodable } from './inbox-query';
import { InboxService, type InboxBody } from './inbox.service';

@ApiTags('admin')
@Access('admin')
@Controller('chat/conversations')
export class InboxController {
  constructor(
    private readonly inbox: InboxService,
    private readonly metrics: Metrics,
  ) {}

  /** Not async: an idle poll is answered at once from memory. */
  @Get()
  @ApiOperation({
    operationId: 'listConversations',
    summary: 'Conversations, newest activity first',
  })
  @ApiQuery({ name: 'unread', required: false, type: Boolean })
  @ApiQuery({ name: 'active', required: false, type: Boolean })
  @ApiQuery({ name: 'has_messages', required: false, type: Boolean })
  @ApiQuery({
    name: 'search',
    required: false,
    description: "Part of the student's name or e-mail",
  })
  @ApiQuery({ name: 'page', required: false, type: 'integer', minimum: 1 })
  @ApiQuery({ name: 'page_size', required: false, type: 'integer', minimum: 1 })
  @ApiQuery({
    name: 'cursor',
    required: false,
    description: 'Instead of page: empty to start, then from `next`',
  })
  @ApiTaggedResponse({ type: ConversationPageModel })
  list(
    @Query() rawQuery: Record<string, unknown>,
    @Req() { url }: FastifyRequest,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() reply: FastifyReply,
  ): void | Promise<void> {
    refuseUndecodable(url);
    const query = parseInboxQuery(rawQuery);
    const known = this.inbox.peek(query);
    if (!known) {
      return this.inbox.get(query).then((body) => {
        send(reply, ifNoneMatch, body);
      });
    }
    this.metrics.pollsFromMemory.inc();
    send(reply, ifNoneMatch, known);
  }
}

function send(reply: FastifyReply, ifNoneMatch: string | undefined, body: InboxBody): void {
  if (!isNotModified(reply, ifNoneMatch, body.tag)) sendJson(reply, body.json);
}
