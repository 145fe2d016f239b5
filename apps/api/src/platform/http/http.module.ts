import { Global, Module } from '@nestjs/common';
import { IdlePolls } from './idle-polls';
import { RequestScope } from './request-scope';
import { StopNotice } from './stop-notice';
import { TrustedOrigins } from './trusted-origins';

/** What every module that answers requests may need. */
@Global()
@Module({
  providers: [IdlePolls, RequestScope, StopNotice, TrustedOrigins],
  exports: [IdlePolls, RequestScope, StopNotice, TrustedOrigins],
})
export class HttpModule {}
