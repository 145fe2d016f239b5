import { Global, Module } from '@nestjs/common';
import { IdlePolls } from './idle-polls';
import { TrustedOrigins } from './trusted-origins';

/** What every module that answers requests may need. */
@Global()
@Module({ providers: [IdlePolls, TrustedOrigins], exports: [IdlePolls, TrustedOrigins] })
export class HttpModule {}
