import { Body, Controller, Delete, HttpCode, Post, Put } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { Access, CurrentUser, type Caller } from '../../auth';
import { PushEndpointDto, PushSubscriptionDto } from './push-subscription.dto';
import { PushSubscriptions } from './push-subscriptions.service';
import { PushTests } from './push-tests.service';

@ApiTags('notifications')
@Access('any')
@Controller('notifications/push-subscriptions')
export class PushSubscriptionsController {
  constructor(
    private readonly subscriptions: PushSubscriptions,
    private readonly tests: PushTests,
  ) {}

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
    @Body() { endpoint }: PushEndpointDto,
  ): Promise<void> {
    await this.subscriptions.remove(id, endpoint);
  }

  @Post('test')
  @HttpCode(204)
  @ApiOperation({ operationId: 'testPush', summary: 'Send this device a push that is a test' })
  @ApiNoContentResponse({ description: 'The push service took it' })
  @ApiNotFoundResponse({ description: 'Not a device of yours, or the push service forgot it' })
  @ApiServiceUnavailableResponse({ description: 'The push service did not take it' })
  async test(@CurrentUser() caller: Caller, @Body() { endpoint }: PushEndpointDto): Promise<void> {
    await this.tests.run(caller, endpoint);
  }
}
