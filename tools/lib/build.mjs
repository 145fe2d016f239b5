import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { step } from './step.mjs';
import { commandOf, inRoot, pinnedNode } from './workspace.mjs';

const PROGRAMS = ['api', 'support', 'admin'];
const SOURCES = [
  ...PROGRAMS.map((name) => `apps/${name}`),
  'libs',
  'tools/build-api.mjs',
  'ormconfig.ts',
  'tsconfig.base.json',
  'nx.json',
  'package-lock.json',
];
const STAMP = inRoot('dist', '.sources');

/** Builds the API and both apps unless no source was touched since the last build. */
export async function buildAll() {
  if (await isBuilt()) return;
  await step('Building the API and the apps', pinnedNode(), [
    commandOf('nx'),
    'run-many',
    '--targets=build',
    `--projects=${PROGRAMS.join()}`,
    '--output-style=static',
  ]);
  await noteBuild();
}

/** Remembers that dist is made from the sources as they are. */
export async function noteBuild() {
  await writeFile(STAMP, await fingerprint());
}

async function isBuilt() {
  if (!PROGRAMS.every((name) => existsSync(inRoot('dist', 'apps', name)))) return false;
  return existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === (await fingerprint());
}

/** Asking Nx, which reads every file, would take longer than starting. */
async function fingerprint() {
  const hash = createHash('sha256');
  for (const path of (await Promise.all(SOURCES.map(filesUnder))).flat().sort()) {
    const { size, mtimeMs } = await stat(path);
    hash.update(`${path}\n${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

async function filesUnder(source) {
  const path = inRoot(source);
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
