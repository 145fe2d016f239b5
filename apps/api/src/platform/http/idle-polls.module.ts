import { Global, Module } from '@nestjs/common';
import { IdlePolls } from './idle-polls';

/** Provides the one `IdlePolls` to every module that can answer from memory. */
@Global()
@Module({ providers: [IdlePolls], exports: [IdlePolls] })
export class IdlePollsModule {}
