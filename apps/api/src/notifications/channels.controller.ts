import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { NotificationChannels } from '@support-chat/contracts';
import { Access } from '../auth';
import { Settings } from '../platform/config/settings';
import { ChannelsModel } from './channels.model';
import { PushKeys } from './push/push-keys';

@ApiTags('notifications')
@Access('any')
@Controller('notifications/channels')
export class ChannelsController {
  constructor(
    private readonly settings: Settings,
    private readonly keys: PushKeys,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'getNotificationChannels', summary: 'What this server can do' })
  @ApiOkResponse({ type: ChannelsModel })
  async get(): Promise<NotificationChannels> {
    const { push, mail } = this.settings;
    return {
      push_public_key: push ? (await this.keys.get()).publicKey : null,
      email: mail !== null,
    };
  }
}
