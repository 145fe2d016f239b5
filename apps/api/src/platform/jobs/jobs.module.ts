import { Module, type DynamicModule } from '@nestjs/common';
import { Jobs, JOBS_DATABASE_URL } from './jobs';
import { JobMetrics } from './job-metrics';

/** Provides the one `Jobs` of this process; whoever serves starts it. */
@Module({})
export class JobsModule {
  static forRoot(databaseUrl: string): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      providers: [{ provide: JOBS_DATABASE_URL, useValue: databaseUrl }, Jobs, JobMetrics],
      exports: [Jobs],
    };
  }
}
