import { Injectable } from '@nestjs/common';
import { LIMITS } from '@support-chat/contracts';
import { Database } from '../../platform/database/database';
import { FileStore } from '../../platform/storage/file-store';
import { TemporaryFiles } from '../../platform/storage/temporary-files';
import { storageKeyOf, thumbnailKey } from './attachment.row';
import { DROP_UNSENT, FILE_REMOVALS, FORGET_REMOVALS, KNOWN_FILES } from './attachment.statements';

/** How much was taken away. */
export interface Cleaned {
  /** Uploads that nobody sent. */
  unsent: number;
  /** Files whose attachment is gone. */
  files: number;
  /** Files that never had one: what a crash has left. */
  orphans: number;
}

const BATCH = 500;
/** Storing and noting a file takes seconds; what is still unknown after an hour stays so. */
const ORPHAN_AGE_MS = 3_600_000;

/** Whatever else lies there is not ours to remove. */
const OUR_KEY = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(-thumbnail)?$/;

interface KeyRow {
  storage_key: string;
}

/** Takes files away that no message needs. May run anywhere, at any time, also twice at once. */
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
    const before = new Date(Date.now() - ORPHAN_AGE_MS);
    await this.temporary.removeOlderThan(before);
    return { unsent: unsent.length, files, orphans: await this.removeOrphans(before) };
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

  private async removeOrphans(before: Date): Promise<number> {
    let removed = 0;
    let batch: string[] = [];
    for await (const { key, modifiedAt } of this.store.list()) {
      if (modifiedAt >= before || !OUR_KEY.test(key)) continue;
      batch.push(key);
      if (batch.length < BATCH) continue;
      removed += await this.removeUnknown(batch);
      batch = [];
    }
    return removed + (await this.removeUnknown(batch));
  }

  private async removeUnknown(keys: string[]): Promise<number> {
    const rows = await this.database.rows<KeyRow>(KNOWN_FILES, [keys.map(storageKeyOf)]);
    const known = new Set(rows.map(({ storage_key }) => storage_key));
    const unknown = keys.filter((key) => !known.has(storageKeyOf(key)));
    await this.store.remove(unknown);
    return unknown.length;
  }
}
