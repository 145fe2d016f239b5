import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { serverEnvironment } from './cluster';
import type { RunAs } from './run-as';

/**
 * Runs the server as its child and asks it for a fast shutdown once standard input ends, which it
 * does when our process closes it or dies in whatever way. Ends with the server's own exit code.
 */
const SCRIPT = `
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
{ while read -r _; do :; done; kill -INT "$server"; } <&3 2>/dev/null &
watch=$!
exec 3<&-
wait "$server"
code=$?
kill "$watch" 2>/dev/null
exit "$code"
`;

/** Starts the server under its guardian, in a session of its own: Ctrl-C in a terminal stays out. */
export function spawnGuarded(
  server: readonly string[],
  runAs: RunAs,
  logFile: string,
): ChildProcess {
  const [command = '', ...args] = [
    ...runAs.prefix,
    'sh',
    '-c',
    SCRIPT,
    'postgres-guardian',
    ...server,
  ];
  const log = openSync(logFile, 'a', 0o600);
  try {
    return spawn(command, args, {
      ...runAs.ids,
      cwd: '/',
      env: serverEnvironment(),
      detached: true,
      stdio: ['pipe', log, log],
    });
  } finally {
    closeSync(log);
  }
}
