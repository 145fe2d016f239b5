import { Global, Module } from '@nestjs/common';
import { SharedCache } from './shared-cache';

@Global()
@Module({ providers: [SharedCache], exports: [SharedCache] })
export class CacheModule {}
