import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isStopping, onStop } from './stop.mjs';
import { inRoot, pinnedNode, root } from './workspace.mjs';

/** Starts a built program on the pinned Node.js with this terminal as its own. */
export function startProgram(file, args = [], nodeOptions = []) {
  return spawn(
    pinnedNode(),
    [
      ...nodeOptions,
      '--import',
      pathToFileURL(inRoot('tools', 'lib', 'stop-with-parent.mjs')).href,
      inRoot(file),
      ...args,
    ],
    {
      cwd: root,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...quietLog() },
    },
  );
}

/** Requests as JSON are for log collectors; a person at a terminal needs what is wrong. */
function quietLog() {
  const file = inRoot('.env');
  const isSet =
    process.env.LOG_LEVEL || (existsSync(file) && /^\s*LOG_LEVEL\s*=/m.test(readFileSync(file)));
  return isSet ? {} : { LOG_LEVEL: 'warn' };
}

/** Runs a built program to its end. @returns its exit code; 0 for a stop that was asked for */
export async function runProgram(file, args, nodeOptions) {
  const child = startProgram(file, args, nodeOptions);
  onStop(() => child.kill('SIGTERM'));
  const { code, signal } = await ended(child);
  const wasStopped = isStopping() && (signal === 'SIGTERM' || signal === 'SIGINT');
  return wasStopped ? 0 : (code ?? 1);
}

export async function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
