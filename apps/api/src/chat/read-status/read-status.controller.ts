import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentUser, type Caller } from '../../auth';
import { EmptyBody } from '../../platform/http/empty-body';
import type { AccessedConversation } from '../access/conversation-access';
import { ConversationRoute, CurrentConversation } from '../access/conversation-route.decorator';
import { MarkedReadModel } from '../models/unread.model';
import { DeliveredDto, MarkMessagesReadDto } from './read-status.dto';
import { ReadStatusService } from './read-status.service';

@ApiTags('chat')
@Controller('chat')
export class ReadStatusController {
  constructor(private readonly readStatus: ReadStatusService) {}

  @Post('messages/mark-read')
  @Access('any')
  @HttpCode(200)
  @ApiOperation({ operationId: 'markMessagesRead', summary: 'Mark single messages read' })
  @ApiOkResponse({ type: MarkedReadModel })
  async markMessages(
    @CurrentUser() caller: Caller,
    @Body() { message_ids }: MarkMessagesReadDto,
  ): Promise<MarkedReadModel> {
    return { marked_read: await this.readStatus.markMessages(caller, message_ids) };
  }

  @Post('conversations/:id/mark-read')
  @ConversationRoute()
  @HttpCode(200)
  @ApiOperation({ operationId: 'markConversationRead', summary: 'Mark a conversation read' })
  @ApiOkResponse({ type: MarkedReadModel })
  async markConversation(
    @CurrentUser() caller: Caller,
    @CurrentConversation() { id }: AccessedConversation,
    @Body() _: EmptyBody,
  ): Promise<MarkedReadModel> {
    return { marked_read: await this.readStatus.markConversation(caller, id) };
  }

  @Post('conversations/:id/delivered')
  @ConversationRoute()
  @HttpCode(204)
  @ApiOperation({ operationId: 'markDelivered', summary: 'Everything up to a seq has arrived' })
  @ApiNoContentResponse()
  async markDelivered(
    @CurrentUser() caller: Caller,
    @CurrentConversation() { id }: AccessedConversation,
    @Body() { seq }: DeliveredDto,
  ): Promise<void> {
    await this.readStatus.markDelivered(caller, id, seq);
  }
}
