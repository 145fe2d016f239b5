import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';

/** The last fatal line PostgreSQL wrote after `start`, in bytes, without its time stamp. */
export async function lastComplaint(logFile: string, start: number): Promise<string> {
  const lines = (await text(createReadStream(logFile, { start }))).trim().split('\n');
  const fatal = lines.findLast((line) => /\b(FATAL|PANIC):/.test(line)) ?? lines.at(-1) ?? '';
  return fatal.replace(/^.*?\b(FATAL|PANIC):\s*/, '') || 'it said nothing';
}
