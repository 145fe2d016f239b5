import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { NotificationPreferences } from '@support-chat/contracts';
import { Access, CurrentUser, type Caller } from '../../auth';
import { PreferencesDto } from './preferences.dto';
import { PreferencesModel } from './preferences.model';
import { PreferencesService } from './preferences.service';

@ApiTags('notifications')
@Access('any')
@Controller('notifications/preferences')
export class PreferencesController {
  constructor(private readonly preferences: PreferencesService) {}

  @Get()
  @ApiOperation({ operationId: 'getNotificationPreferences', summary: 'How the caller is told' })
  @ApiOkResponse({ type: PreferencesModel })
  async get(@CurrentUser() { id }: Caller): Promise<NotificationPreferences> {
    return this.preferences.get(id);
  }

  @Patch()
  @ApiOperation({ operationId: 'changeNotificationPreferences', summary: 'Change what is given' })
  @ApiOkResponse({ type: PreferencesModel })
  async change(
    @CurrentUser() { id }: Caller,
    @Body() body: PreferencesDto,
  ): Promise<NotificationPreferences> {
    return this.preferences.change(id, body);
  }
}
