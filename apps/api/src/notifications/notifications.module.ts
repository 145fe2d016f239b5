import { Module } from '@nestjs/common';
import { ChatModule } from '../chat';
import { ChannelsController } from './channels.controller';
import { MailNotices } from './mail/mail-notices';
import { MailSender } from './mail/mail-sender';
import { UnsubscribeController } from './mail/unsubscribe.controller';
import { UnsubscribeLinks } from './mail/unsubscribe-links';
import { PreferencesController } from './preferences/preferences.controller';
import { PreferencesService } from './preferences/preferences.service';
import { PushKeys } from './push/push-keys';
import { PushNotices } from './push/push-notices';
import { PushSender } from './push/push-sender';
import { PushServices } from './push/push-services';
import { PushSignatures } from './push/push-signatures';
import { PushSubscriptionsController } from './push/push-subscriptions.controller';
import { PushSubscriptions } from './push/push-subscriptions.service';
import { PushTests } from './push/push-tests.service';
import { DueNotices } from './sweep/due-notices';
import { NoticeSweep } from './sweep/notice-sweep';
import { TellingDesk } from './telling/telling-desk';
import { ToldOnce } from './telling/told-once';

/** Tells people of messages while they are not looking: by push and by mail, as they want it. */
@Module({
  imports: [ChatModule],
  controllers: [
    ChannelsController,
    PreferencesController,
    PushSubscriptionsController,
    UnsubscribeController,
  ],
  providers: [
    DueNotices,
    MailNotices,
    MailSender,
    NoticeSweep,
    PreferencesService,
    PushKeys,
    PushNotices,
    PushSender,
    PushServices,
    PushSignatures,
    PushSubscriptions,
    PushTests,
    TellingDesk,
    ToldOnce,
    UnsubscribeLinks,
  ],
})
export class NotificationsModule {}
