import { Injectable } from '@nestjs/common';
import { LIMITS } from '@support-chat/contracts';
import { Database } from '../../platform/database/database';
import { FileStore, NotRemovedError } from '../../platform/storage/file-store';
import { thumbnailKey } from './attachment.row';
import {
  DROP_UNSENT,
  FILE_REMOVALS,
  FORGET_REMOVALS,
  POSTPONE_REMOVALS,
} from './attachment.statements';

/** How much was taken away. */
export interface Cleaned {
  /** Uploads that nobody sent. */
  unsent: number;
  /** Files whose attachment is gone, or never came to be. */
  files: number;
}

const BATCH = 500;
const RETRY_MINUTES = 60;

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
  ) {}

  /** Fails where the database, the store or one of its files does; the next run goes on from there. */
  async clean(): Promise<Cleaned> {
    const unsent = await this.dropUnsent();
    return { unsent, files: await this.removeFiles() };
  }

  private async dropUnsent(): Promise<number> {
    let dropped = 0;
    for (;;) {
      const values = [LIMITS.stagedAttachmentHours, BATCH];
      const { length } = await this.database.write(DROP_UNSENT, values);
      dropped += length;
      if (length < BATCH) return dropped;
    }
  }

  /** First the files, then the note about them: a crash in between only does it again. */
  private async removeFiles(): Promise<number> {
    let removed = 0;
    let failure: NotRemovedError | null = null;
    for (;;) {
      const rows = await this.database.rows<KeyRow>(FILE_REMOVALS, [BATCH]);
      if (rows.length === 0) break;
      const keys = rows.map(({ storage_key }) => storage_key);
      const failed = await this.remove(keys);
      const isLeft = (key: string): boolean =>
        failed !== null && (failed.keys.has(key) || failed.keys.has(thumbnailKey(key)));
      const gone = keys.filter((key) => !isLeft(key));
      await this.database.write(FORGET_REMOVALS, [gone]);
      await this.database.write(POSTPONE_REMOVALS, [keys.filter(isLeft), RETRY_MINUTES]);
      removed += gone.length;
      failure ??= failed;
    }
    if (failure) throw failure;
    return removed;
  }

  /** @returns what could not be removed: it must not keep the others from going */
  private async remove(keys: readonly string[]): Promise<NotRemovedError | null> {
    try {
      await this.store.remove(keys.flatMap((key) => [key, thumbnailKey(key)]));
      return null;
    } catch (error) {
      if (error instanceof NotRemovedError) return error;
      throw error;
    }
  }
}
