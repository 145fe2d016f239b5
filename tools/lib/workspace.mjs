import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

if (import.meta.dirname === undefined) {
  process.stderr.write(`Node.js 20.12 or newer is needed to begin (this is ${process.version}).\n`);
  process.exit(1);
}

/** The workspace's folder. */
export const root = resolve(import.meta.dirname, '../..');

/** Path inside the workspace. */
export const inRoot = (...parts) => join(root, ...parts);

/** The script behind a command of an installed package. */
export function commandOf(name) {
  const { bin } = JSON.parse(readFileSync(inRoot('node_modules', name, 'package.json'), 'utf8'));
  return inRoot('node_modules', name, typeof bin === 'string' ? bin : bin[name]);
}

/** What a person can put right: its message is shown without a stack. */
export class Fault extends Error {}

const NEEDED = [24, 15];

/** The Node.js that everything but these scripts runs on: the one pinned in package.json, else the host's. */
export function pinnedNode() {
  const pinned = inRoot('node_modules', '.bin', 'node');
  // It is made for glibc, so where it is installed it may still not run.
  if (spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Fault(
    `Node.js ${NEEDED.join('.')} or newer is needed here (this is ${process.version}): no package brings one for ${process.platform}-${process.arch}.`,
  );
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** The environment of every tool: pinned programs first, nothing in the background, nothing sent home. */
export function toolEnvironment(extra = {}) {
  return {
    ...process.env,
    PATH: [inRoot('node_modules', '.bin'), process.env.PATH].join(delimiter),
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NX_INTERACTIVE: 'false',
    NG_CLI_ANALYTICS: 'false',
    DO_NOT_TRACK: '1',
    SCARF_ANALYTICS: 'false',
    NO_UPDATE_NOTIFIER: '1',
    DEBIAN_FRONTEND: 'noninteractive',
    ...extra,
  };
}
