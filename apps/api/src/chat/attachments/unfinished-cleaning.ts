import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { TemporaryFiles } from '../../platform/storage/temporary-files';

const HOUR_MS = 3_600_000;
/** No upload is worked on for so long. */
const UNFINISHED_AGE_MS = HOUR_MS;

/**
 * Takes away what uploads that a crash cut short have left: every process in the folder of its own
 * machine, which no job of another one could reach. May run twice at once.
 */
@Injectable()
export class UnfinishedCleaning implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Uploads');
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly temporary: TemporaryFiles) {}

  onApplicationBootstrap(): void {
    void this.clean();
    this.timer = setInterval(() => void this.clean(), HOUR_MS).unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private async clean(): Promise<void> {
    try {
      await this.temporary.removeOlderThan(new Date(Date.now() - UNFINISHED_AGE_MS));
    } catch (error) {
      this.logger.warn(`What unfinished uploads have left stays for now: ${String(error)}`);
    }
  }
}
