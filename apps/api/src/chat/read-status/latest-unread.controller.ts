import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LatestUnread } from '@support-chat/contracts';
import { Access, CurrentUser, type Caller } from '../../auth';
import { LatestUnreadModel } from '../models/unread.model';
import { LatestUnreadService } from './latest-unread.service';

@ApiTags('chat')
@Controller('chat/unread')
export class LatestUnreadController {
  constructor(private readonly unread: LatestUnreadService) {}

  @Get()
  @Access('any')
  @ApiOperation({ operationId: 'getLatestUnread', summary: 'What waits for the caller' })
  @ApiOkResponse({ type: LatestUnreadModel })
  async latest(@CurrentUser() caller: Caller): Promise<LatestUnread> {
    return this.unread.get(caller);
  }
}
