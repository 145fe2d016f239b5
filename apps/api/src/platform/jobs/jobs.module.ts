import { Module, type DynamicModule } from '@nestjs/common';
import { JobCounter } from './job-counter';
import { JobMetrics } from './job-metrics';
import { Jobs, JOBS_DATABASE_URL } from './jobs';

/** Provides the one `Jobs` of this process; whoever serves starts it. */
@Module({})
export class JobsModule {
  static forRoot(databaseUrl: string): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      providers: [
        { provide: JOBS_DATABASE_URL, useValue: databaseUrl },
        Jobs,
        JobCounter,
        JobMetrics,
      ],
      exports: [Jobs, JobCounter],
    };
  }
}
