import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { StagedAttachment } from '@support-chat/contracts';
import type { FastifyRequest } from 'fastify';
import { CurrentUser, type Caller } from '../../../auth';
import { TAKES_FORM } from '../../../platform/http/route-options';
import type { AccessedConversation } from '../../access/conversation-access';
import { ConversationRoute, CurrentConversation } from '../../access/conversation-route.decorator';
import { StagedAttachmentModel } from '../../models/attachment.model';
import { UploadsService } from './uploads.service';

@ApiTags('attachments')
@ConversationRoute()
@Controller('chat/conversations/:id/attachments')
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  @Post()
  @HttpCode(201)
  @RouteConfig(TAKES_FORM)
  @ApiOperation({
    operationId: 'uploadAttachment',
    summary: 'Upload a file, to be sent with a message within 24 hours',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  })
  @ApiCreatedResponse({ type: StagedAttachmentModel })
  async upload(
    @CurrentUser() uploader: Caller,
    @CurrentConversation() conversation: AccessedConversation,
    @Req() { raw }: FastifyRequest,
  ): Promise<StagedAttachment> {
    return this.uploads.stage(uploader, conversation, raw);
  }
}
