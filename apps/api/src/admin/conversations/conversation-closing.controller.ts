import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Conversation } from '@support-chat/contracts';
import { Access } from '../../auth';
import {
  ConversationModel,
  ConversationRoute,
  ConversationsService,
  CurrentConversation,
  type AccessedConversation,
} from '../../chat';
import { EmptyBody } from '../../platform/http/empty-body';

@ApiTags('admin')
@Access('admin')
@Controller('admin/conversations')
export class ConversationClosingController {
  constructor(private readonly conversations: ConversationsService) {}

  @Post(':id/close')
  @ConversationRoute()
  @HttpCode(200)
  @ApiOperation({ operationId: 'closeConversation', summary: 'End a conversation' })
  @ApiOkResponse({ type: ConversationModel })
  async close(
    @CurrentConversation() { id }: AccessedConversation,
    @Body() _: EmptyBody,
  ): Promise<Conversation> {
    return this.conversations.close(id);
  }
}
