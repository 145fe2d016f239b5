import { Module } from '@nestjs/common';
import { ChannelsController } from './channels.controller';
import { PreferencesController } from './preferences/preferences.controller';
import { PreferencesService } from './preferences/preferences.service';
import { PushKeys } from './push/push-keys';
import { PushServices } from './push/push-services';
import { PushSubscriptionsController } from './push/push-subscriptions.controller';
import { PushSubscriptions } from './push/push-subscriptions.service';

/** Tells people of messages while they are not looking: by push and by mail, as they want it. */
@Module({
  controllers: [ChannelsController, PreferencesController, PushSubscriptionsController],
  providers: [PreferencesService, PushKeys, PushServices, PushSubscriptions],
})
export class NotificationsModule {}
