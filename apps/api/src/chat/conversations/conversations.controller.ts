import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Conversation } from '@support-chat/contracts';
import type { FastifyReply } from 'fastify';
import { Access, CurrentUser, type Caller } from '../../auth';
import { EmptyBody } from '../../platform/http/empty-body';
import { FlagPipe } from '../../platform/http/flag.pipe';
import type { AccessedConversation } from '../access/conversation-access';
import { sideOf } from '../access/conversation-access.policy';
import { ConversationRoute, CurrentConversation } from '../access/conversation-route.decorator';
import { ConversationModel } from '../models/conversation.model';
import { ConversationsService } from './conversations.service';

@ApiTags('chat')
@Controller('chat')
export class ConversationsController {
  constructor(private readonly conversations: ConversationsService) {}

  @Get('conversation')
  @Access('user')
  @ApiOperation({
    operationId: 'getMyConversation',
    summary: "The caller's active conversation, made if there is none",
  })
  @ApiQuery({
    name: 'resume',
    required: false,
    type: Boolean,
    description: 'Rather the latest ended one than a new one: a message opens it again',
  })
  @ApiOkResponse({ type: ConversationModel })
  async mine(
    @CurrentUser() caller: Caller,
    @Query('resume', new FlagPipe('resume')) isResuming = false,
  ): Promise<Conversation> {
    if (isResuming) return this.conversations.resume(caller.id);
    const { conversation } = await this.conversations.getOrCreateActive(caller.id);
    return conversation;
  }

  @Post('conversation')
  @Access('user')
  @HttpCode(201)
  @ApiOperation({ operationId: 'startConversation', summary: 'Start one, or get the active one' })
  @ApiCreatedResponse({ type: ConversationModel })
  @ApiOkResponse({ type: ConversationModel })
  async start(
    @CurrentUser() caller: Caller,
    @Body() _: EmptyBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Conversation> {
    const { conversation, isNew } = await this.conversations.getOrCreateActive(caller.id);
    if (!isNew) void reply.status(200);
    return conversation;
  }

  @Get('conversations/:id')
  @ConversationRoute()
  @ApiOperation({ operationId: 'getConversation', summary: 'One conversation' })
  @ApiOkResponse({ type: ConversationModel })
  async get(
    @CurrentUser() caller: Caller,
    @CurrentConversation() { id }: AccessedConversation,
  ): Promise<Conversation> {
    return this.conversations.get(id, sideOf(caller));
  }
}
