import { readFile } from 'node:fs/promises';
import { step } from './step.mjs';
import { inRoot } from './workspace.mjs';

/** Installs the packages of package-lock.json unless exactly those are there. */
export async function install() {
  if (await isInstalled()) return;
  // The npm that called us, so that its settings and version are the same.
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm ? [process.execPath, npm] : ['npm'];
  await step('Installing packages (a minute or two, once)', command, [
    ...args,
    'ci',
    // The build needs them, in production too.
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
}

/** npm notes at the end of an installation what it has put there. */
async function isInstalled() {
  const [wanted, found] = await Promise.all([
    packagesIn(inRoot('package-lock.json')),
    packagesIn(inRoot('node_modules', '.package-lock.json')),
  ]);
  if (found === undefined) return false;
  const missing = Object.entries(wanted).filter(
    ([path, { version, optional }]) =>
      path !== '' && (found[path] ? found[path].version !== version : !optional),
  );
  return missing.length === 0;
}

async function packagesIn(lockFile) {
  try {
    return JSON.parse(await readFile(lockFile, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
