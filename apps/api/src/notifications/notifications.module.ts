import { Module } from '@nestjs/common';
import { ChannelsController } from './channels.controller';
import { PreferencesController } from './preferences/preferences.controller';
import { PreferencesService } from './preferences/preferences.service';
import { PushKeys } from './push/push-keys';
import { PushNotices } from './push/push-notices';
import { PushSender } from './push/push-sender';
import { PushServices } from './push/push-services';
import { PushSubscriptionsController } from './push/push-subscriptions.controller';
import { PushSubscriptions } from './push/push-subscriptions.service';
import { DueNotices } from './sweep/due-notices';
import { NoticeSweep } from './sweep/notice-sweep';
import { NoticeMetrics } from './telling/notice-metrics';

/** Tells people of messages while they are not looking: by push and by mail, as they want it. */
@Module({
  controllers: [ChannelsController, PreferencesController, PushSubscriptionsController],
  providers: [
    DueNotices,
    NoticeMetrics,
    NoticeSweep,
    PreferencesService,
    PushKeys,
    PushNotices,
    PushSender,
    PushServices,
    PushSubscriptions,
  ],
})
export class NotificationsModule {}
