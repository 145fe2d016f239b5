import { Body, Controller, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AttachmentPolicy } from '@support-chat/contracts';
import { Access } from '../../auth';
import { AttachmentPolicies, AttachmentPolicyModel } from '../../chat';
import { AttachmentPolicyDto } from './attachment-policy.dto';

@ApiTags('admin')
@Access('admin')
@Controller('admin/attachment-policy')
export class AttachmentPolicyChangeController {
  constructor(private readonly policies: AttachmentPolicies) {}

  @Put()
  @ApiOperation({
    operationId: 'changeAttachmentPolicy',
    summary: 'Say which files may be uploaded',
  })
  @ApiOkResponse({ type: AttachmentPolicyModel })
  async change(@Body() policy: AttachmentPolicyDto): Promise<AttachmentPolicy> {
    await this.policies.change(policy);
    return this.policies.get();
  }
}
