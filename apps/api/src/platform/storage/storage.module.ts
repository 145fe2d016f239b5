import { Global, Module } from '@nestjs/common';
import { join } from 'node:path';
import { Settings } from '../config/settings';
import { FileStore } from './file-store';
import { FolderStore } from './folder-store';
import { TemporaryFiles } from './temporary-files';

async function createStore({ dataDir, s3 }: Settings): Promise<FileStore> {
  if (s3 === null) return new FolderStore(join(dataDir, 'uploads', 'files'));
  // Its client takes a while to load, and few need it.
  const { S3Store } = await import('./s3-store');
  return new S3Store(s3);
}

/** Provides the one `FileStore`, in `DATA_DIR` or on S3, and room for unfinished files. */
@Global()
@Module({
  providers: [
    { provide: FileStore, useFactory: createStore, inject: [Settings] },
    {
      provide: TemporaryFiles,
      useFactory: ({ dataDir }: Settings) =>
        new TemporaryFiles(join(dataDir, 'uploads', 'unfinished')),
      inject: [Settings],
    },
  ],
  exports: [FileStore, TemporaryFiles],
})
export class StorageModule {}
