import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ATTACHMENT_TYPES, type AttachmentLink } from '@support-chat/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, type Caller } from '../../auth';
import { EmptyBody } from '../../platform/http/empty-body';
import { SENT_AS_IT_IS } from '../../platform/http/route-options';
import { AttachmentLinkModel } from '../models/attachment.model';
import { AttachmentLinks } from './access/attachment-links';
import {
  AttachmentRoute,
  CurrentAttachment,
  LinkedAttachmentRoute,
} from './access/attachment-route.decorator';
import type { AttachmentRow } from './attachment.row';
import { ApiFileResponse } from './attachments.open-api';
import { AttachmentsService } from './attachments.service';
import { DownloadsService } from './download/downloads.service';

@ApiTags('attachments')
@Controller('chat/attachments/:id')
export class AttachmentsController {
  constructor(
    private readonly downloads: DownloadsService,
    private readonly attachments: AttachmentsService,
    private readonly links: AttachmentLinks,
  ) {}

  @Get('content')
  @LinkedAttachmentRoute()
  @RouteConfig(SENT_AS_IT_IS)
  @ApiOperation({ operationId: 'getAttachmentContent', summary: 'The file, or a part of it' })
  @ApiFileResponse(ATTACHMENT_TYPES)
  async content(
    @CurrentUser() reader: Caller,
    @CurrentAttachment() attachment: AttachmentRow,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.downloads.content(reader, attachment, { request, reply });
  }

  @Get('thumbnail')
  @LinkedAttachmentRoute()
  @RouteConfig(SENT_AS_IT_IS)
  @ApiOperation({ operationId: 'getAttachmentThumbnail', summary: 'A small image of an image' })
  @ApiFileResponse(['image/webp'])
  async thumbnail(
    @CurrentAttachment() attachment: AttachmentRow,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.downloads.thumbnail(attachment, { request, reply });
  }

  @Post('link')
  @AttachmentRoute()
  @HttpCode(201)
  @ApiOperation({
    operationId: 'createAttachmentLink',
    summary: 'A link that opens the file without a header, for a few minutes',
  })
  @ApiCreatedResponse({ type: AttachmentLinkModel })
  link(
    @CurrentUser() caller: Caller,
    @CurrentAttachment() { id }: AttachmentRow,
    @Body() _: EmptyBody,
  ): AttachmentLink {
    return this.links.create(id, caller);
  }

  @Delete()
  @AttachmentRoute()
  @HttpCode(204)
  @ApiOperation({ operationId: 'discardAttachment', summary: 'Take back what is not sent yet' })
  @ApiNoContentResponse()
  async discard(
    @CurrentUser() caller: Caller,
    @CurrentAttachment() { id }: AttachmentRow,
  ): Promise<void> {
    await this.attachments.discard(caller, id);
  }
}
