import { Global, Module } from '@nestjs/common';
import { IdlePolls } from './idle-polls';
import { StopNotice } from './stop-notice';
import { TrustedOrigins } from './trusted-origins';

/** What every module that answers requests may need. */
@Global()
@Module({
  providers: [IdlePolls, StopNotice, TrustedOrigins],
  exports: [IdlePolls, StopNotice, TrustedOrigins],
})
export class HttpModule {}
