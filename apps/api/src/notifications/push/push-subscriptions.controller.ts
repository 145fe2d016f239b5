import { Body, Controller, Delete, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentUser, type Caller } from '../../auth';
import { PushSubscriptionDto, PushUnsubscribeDto } from './push-subscription.dto';
import { PushSubscriptions } from './push-subscriptions.service';

@ApiTags('notifications')
@Access('any')
@Controller('notifications/push-subscriptions')
export class PushSubscriptionsController {
  constructor(private readonly subscriptions: PushSubscriptions) {}

  @Put()
  @HttpCode(204)
  @ApiOperation({ operationId: 'subscribeToPush', summary: 'Add or renew this device' })
  @ApiNoContentResponse()
  async subscribe(@CurrentUser() caller: Caller, @Body() body: PushSubscriptionDto): Promise<void> {
    await this.subscriptions.keep(caller, body);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ operationId: 'unsubscribeFromPush', summary: 'Take this device away' })
  @ApiNoContentResponse()
  async unsubscribe(
    @CurrentUser() { id }: Caller,
    @Body() { endpoint }: PushUnsubscribeDto,
  ): Promise<void> {
    await this.subscriptions.remove(id, endpoint);
  }
}
