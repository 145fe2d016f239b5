import { join } from 'node:path';
import type { Settings } from '../config/settings';
import type { FileStore } from './file-store';
import { FolderStore } from './folder-store';
import { TemporaryFiles } from './temporary-files';

type StorageSettings = Pick<Settings, 'dataDir' | 's3'>;

/** The one store that the settings name: a folder of `DATA_DIR`, or a bucket. */
export async function openFileStore({ dataDir, s3 }: StorageSettings): Promise<FileStore> {
  if (s3 === null) return new FolderStore(join(dataDir, 'uploads', 'files'));
  // Its client takes a while to load, and few need it.
  const { S3Store } = await import('./s3-store');
  return new S3Store(s3);
}

/** Room for unfinished files, beside the folder that finished ones go to. */
export function openTemporaryFiles({ dataDir }: StorageSettings): TemporaryFiles {
  return new TemporaryFiles(join(dataDir, 'uploads', 'unfinished'));
}
