import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * From now on the system refuses whatever a process writes beyond so many bytes of a file. Unlike a
 * disk that is full, any account can have that, and lift it again.
 */
export async function limitFileSize(pid: number, bytes: number | 'unlimited'): Promise<void> {
  await run('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}
