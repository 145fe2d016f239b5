import { Injectable } from '@nestjs/common';
import { LIMITS } from '@support-chat/contracts';
import { Database } from '../../platform/database/database';
import { FileStore } from '../../platform/storage/file-store';
import { TemporaryFiles } from '../../platform/storage/temporary-files';
import { thumbnailKey } from './attachment.row';
import { DROP_UNSENT, FILE_REMOVALS, FORGET_REMOVALS } from './attachment.statements';

/** How much was taken away. */
export interface Cleaned {
  /** Uploads that nobody sent. */
  unsent: number;
  /** Files whose attachment is gone, or never came to be. */
  files: number;
}

const BATCH = 500;
/** No upload is worked on for so long. */
const UNFINISHED_AGE_MS = 3_600_000;

interface KeyRow {
  storage_key: string;
}

/**
 * Takes files away that no message needs, and none that this database has not named: a store may be
 * shared. May run anywhere, at any time, also twice at once.
 */
@Injectable()
export class AttachmentCleaning {
  constructor(
    private readonly database: Database,
    private readonly store: FileStore,
    private readonly temporary: TemporaryFiles,
  ) {}

  /** Fails where the database or the store does; the next run goes on from there. */
  async clean(): Promise<Cleaned> {
    const unsent = await this.database.write(DROP_UNSENT, [LIMITS.stagedAttachmentHours]);
    const files = await this.removeFiles();
    await this.temporary.removeOlderThan(new Date(Date.now() - UNFINISHED_AGE_MS));
    return { unsent: unsent.length, files };
  }

  /** First the files, then the note about them: a crash in between only does it again. */
  private async removeFiles(): Promise<number> {
    let removed = 0;
    for (;;) {
      const rows = await this.database.rows<KeyRow>(FILE_REMOVALS, [BATCH]);
      if (rows.length === 0) return removed;
      const keys = rows.map(({ storage_key }) => storage_key);
      await this.store.remove(keys.flatMap((key) => [key, thumbnailKey(key)]));
      await this.database.write(FORGET_REMOVALS, [keys]);
      removed += keys.length;
    }
  }
}
