import { Global, Module } from '@nestjs/common';
import { Settings } from '../config/settings';
import { FileStore } from './file-store';
import { openFileStore, openTemporaryFiles } from './open-file-store';
import { TemporaryFiles } from './temporary-files';

/** Provides the one `FileStore`, in `DATA_DIR` or on S3, and room for unfinished files. */
@Global()
@Module({
  providers: [
    { provide: FileStore, useFactory: openFileStore, inject: [Settings] },
    { provide: TemporaryFiles, useFactory: openTemporaryFiles, inject: [Settings] },
  ],
  exports: [FileStore, TemporaryFiles],
})
export class StorageModule {}
