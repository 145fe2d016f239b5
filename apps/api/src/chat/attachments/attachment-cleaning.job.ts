import { Injectable } from '@nestjs/common';
import { Jobs } from '../../platform/jobs/jobs';
import { Queue } from '../../platform/jobs/queue';
import { AttachmentCleaning } from './attachment-cleaning';

const CLEANING = new Queue('attachment-cleaning', {
  tries: 3,
  retryAfter: 60,
  triesEndAfter: 1_800,
  atOnce: 1,
});
const HOURLY = '17 * * * *';

/** Has the files cleaned every hour, by any one instance. */
@Injectable()
export class AttachmentCleaningJob {
  constructor(jobs: Jobs, cleaning: AttachmentCleaning) {
    jobs.handle(CLEANING, async () => {
      await cleaning.clean();
    });
    jobs.schedule(CLEANING, HOURLY);
  }
}
