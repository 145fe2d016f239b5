import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { StartupError } from '../../startup-error';
import { ignoreCode } from '../../error-code';

const run = promisify(execFile);

/** How to start a program so that PostgreSQL accepts it: never as root. */
export interface RunAs {
  /** Words in front of the command, empty for an ordinary user. */
  prefix: readonly string[];
  /** The account for `spawn`, where the prefix does not change it already. */
  ids: { uid?: number; gid?: number };
  /** Who must own the files of the database, or null when it is the caller. */
  owner: { uid: number; gid: number } | null;
}

const ORDINARY: RunAs = { prefix: [], ids: {}, owner: null };

/**
 * As an ordinary user: just that. As root: the account that owns the cluster, else an existing
 * unprivileged one; none is created. Where that account cannot reach the paths (a clone under
 * /root), it gets the right to pass through folders rather than the folders other permissions.
 * @param mustReach files and folders the program has to get at
 * @throws StartupError when no way leads there
 */
export async function chooseRunAs(cluster: string, mustReach: readonly string[]): Promise<RunAs> {
  if (process.getuid?.() !== 0) return ORDINARY;
  const owner = await chooseAccount(cluster);
  const { uid, gid } = owner;
  const plain: RunAs = { prefix: [], ids: { uid, gid }, owner };
  if (await canReach(plain, mustReach)) return plain;
  for (const capability of ['dac_read_search', 'dac_override']) {
    const runAs: RunAs = { prefix: setpriv(owner, capability), ids: {}, owner };
    if (await canReach(runAs, mustReach)) return runAs;
  }
  throw new StartupError(
    `PostgreSQL does not run as root, and the account it would use (uid ${uid}) cannot reach ${mustReach.join(' and ')}. Start as an ordinary user, move the folder out of a private one, or set DATABASE_URL.`,
  );
}

function setpriv({ uid, gid }: { uid: number; gid: number }, capability: string): string[] {
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    '--',
  ];
}

async function chooseAccount(cluster: string): Promise<{ uid: number; gid: number }> {
  const existing = await stat(cluster).catch(ignoreCode('ENOENT'));
  if (existing !== undefined && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  for (const name of ['postgres', 'nobody']) {
    const uid = await idOf('-u', name);
    const gid = await idOf('-g', name);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new StartupError(
    'PostgreSQL does not run as root and there is no account postgres or nobody. Start as an ordinary user, or set DATABASE_URL.',
  );
}

async function idOf(option: '-u' | '-g', name: string): Promise<number | undefined> {
  try {
    return Number((await run('id', [option, name])).stdout);
  } catch {
    return undefined; // No such account.
  }
}

async function canReach({ prefix, ids }: RunAs, paths: readonly string[]): Promise<boolean> {
  const script = 'for path in "$@"; do [ -r "$path" ] && [ -x "$path" ] || exit 1; done';
  const [command = '', ...args] = [...prefix, 'sh', '-c', script, 'sh', ...paths];
  try {
    await run(command, args, { ...ids, cwd: '/' });
    return true;
  } catch {
    return false; // Not reachable, or no setpriv here.
  }
}
