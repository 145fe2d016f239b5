import { Body, Controller, Get, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import {
  LIMITS,
  MESSAGE_TYPES,
  type CursorPage,
  type Message,
  type Page,
} from '@support-chat/contracts';
import type { FastifyReply } from 'fastify';
import { CurrentUser, type Caller } from '../../auth';
import { isNotModified, matchesTag } from '../../platform/http/etag';
import { ApiTaggedResponse } from '../../platform/http/open-api.decorators';
import { ProblemError } from '../../platform/http/problem.error';
import { WholeNumberPipe } from '../../platform/http/whole-number.pipe';
import type { AccessedConversation } from '../access/conversation-access';
import { ConversationRoute, CurrentConversation } from '../access/conversation-route.decorator';
import { ConversationRevisions } from '../updates/conversation-revisions';
import { MessageModel, MessagePageModel } from '../models/message.model';
import { MessagesService } from './messages.service';
import { SendMessageDto } from './send-message.dto';

@ApiTags('chat')
@ConversationRoute()
@Controller('chat/conversations/:id/messages')
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly revisions: ConversationRevisions,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listMessages', summary: 'A page of messages, newest first' })
  @ApiQuery({ name: 'page', required: false, type: 'integer', minimum: 1 })
  @ApiQuery({ name: 'page_size', required: false, type: 'integer', minimum: 1 })
  @ApiQuery({
    name: 'before',
    required: false,
    type: 'integer',
    minimum: 1,
    description: 'A seq; instead of page',
  })
  @ApiTaggedResponse({ type: MessagePageModel })
  async list(
    @CurrentConversation() conversation: AccessedConversation,
    @Query('page', new WholeNumberPipe('page', { min: 1 })) page: number | undefined,
    @Query('page_size', new WholeNumberPipe('page_size', { min: 1 })) pageSize: number | undefined,
    @Query('before', new WholeNumberPipe('before', { min: 1 })) before: number | undefined,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (before !== undefined && page !== undefined) {
      throw ProblemError.invalid({
        field: 'before',
        code: 'not_allowed',
        detail: 'goes without page',
      });
    }
    const size = Math.min(pageSize ?? LIMITS.pageSize, LIMITS.pageSizeMax);
    // Taken before the read: a tag may be older than its body, never newer.
    const revision = await this.revisions.get(conversation.id);
    const tag = `"m${conversation.id}-${revision}-${page ?? ''}-${before ?? ''}-${size}"`;
    // The first page is always there. Another may not be, which no tag tells.
    const isKnown = (page ?? 1) === 1 && matchesTag(ifNoneMatch, tag);
    const body = isKnown ? null : await this.read(conversation.id, { page, before, size });
    if (!isNotModified(reply, ifNoneMatch, tag)) void reply.send(body);
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'sendMessage', summary: 'Send a message' })
  @ApiCreatedResponse({ type: MessageModel })
  @ApiOkResponse({
    type: MessageModel,
    description: 'Stored by an earlier try with this id',
    headers: { 'Idempotency-Replayed': { schema: { type: 'string', enum: ['true'] } } },
  })
  async send(
    @CurrentUser() sender: Caller,
    @CurrentConversation() conversation: AccessedConversation,
    @Body() body: SendMessageDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Message> {
    const { message, isReplay } = await this.messages.send(sender, conversation, {
      content: body.content ?? '',
      messageType: body.message_type ?? MESSAGE_TYPES.text,
      attachmentId: body.attachment_id ?? null,
      clientMessageId: body.client_message_id?.toLowerCase() ?? null,
    });
    if (isReplay) void reply.status(200).header('Idempotency-Replayed', 'true');
    return message;
  }

  private async read(
    conversationId: number,
    { page = 1, before, size }: { page?: number; before?: number; size: number },
  ): Promise<Page<Message> | CursorPage<Message>> {
    if (before === undefined) return this.messages.page(conversationId, page, size);
    return this.messages.before(conversationId, before, size);
  }
}
