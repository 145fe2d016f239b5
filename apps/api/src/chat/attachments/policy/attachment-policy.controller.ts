import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AttachmentPolicy } from '@support-chat/contracts';
import { Access } from '../../../auth';
import { AttachmentPolicyModel } from '../../models/attachment.model';
import { AttachmentPolicies } from './attachment-policies';

@ApiTags('attachments')
@Access('any')
@Controller('chat/attachment-policy')
export class AttachmentPolicyController {
  constructor(private readonly policies: AttachmentPolicies) {}

  @Get()
  @ApiOperation({ operationId: 'getAttachmentPolicy', summary: 'Which files may be uploaded' })
  @ApiOkResponse({ type: AttachmentPolicyModel })
  async get(): Promise<AttachmentPolicy> {
    return this.policies.get();
  }
}
