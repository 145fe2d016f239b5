import type { ChildProcess } from 'node:child_process';
import { rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartupError } from '../../startup-error';
import { ignoreCode } from '../../error-code';
import { spawnGuarded } from './guardian';
import { lastComplaint } from './last-complaint';
import type { embeddedPaths } from './paths';
import { readPostmaster, shutDown } from './postmaster';
import { isGoneWithin } from './processes';
import type { RunAs } from './run-as';
import { serverOptions } from './server-options';

const START_PATIENCE_MS = 120_000; // Recovery after a crash reads the whole log of changes.
const STOP_PATIENCE_MS = 8_000;
const ATTEMPTS = 10;
const LOG_LIMIT_BYTES = 1_048_576;
/** The port was taken meanwhile, or processes of a killed server are still ending. */
const PASSING = /could not bind|could not create any TCP|shared memory block|lock file/;

export interface ServerSetup {
  paths: ReturnType<typeof embeddedPaths>;
  postgres: string;
  runAs: RunAs;
  log: (line: string) => void;
}

/**
 * One running PostgreSQL. Should it die although nobody stopped it, it is started again on the
 * same port, so that the pools of the application find it where it was.
 */
export class Server {
  port = 0;
  private guardian: ChildProcess | undefined;
  private stopping: Promise<void> | undefined;

  private constructor(private readonly setup: ServerSetup) {}

  /** @throws StartupError with PostgreSQL's own last words when it does not start */
  static async start(setup: ServerSetup): Promise<Server> {
    await rotateLog(setup);
    const server = new Server(setup);
    await server.launch(freePort);
    return server;
  }

  /** Fast shutdown; the immediate one when that takes too long. Asked again, it is the same stop. */
  async stop(): Promise<void> {
    this.stopping ??= this.shutDown();
    return this.stopping;
  }

  private async shutDown(): Promise<void> {
    if (this.guardian && (await endGuardian(this.guardian))) return;
    // The guardian was killed, or its server is slow to end.
    const postmaster = await readPostmaster(this.setup.paths.cluster);
    if (postmaster !== undefined) await shutDown(postmaster.pid, STOP_PATIENCE_MS);
  }

  private async launch(choosePort: () => Promise<number>): Promise<void> {
    for (let attempt = 1; this.stopping === undefined; attempt += 1) {
      this.port = await choosePort();
      const guardian = await this.tryLaunch().catch(passOnUnlessPassing(attempt));
      if (guardian !== undefined) {
        guardian.once('exit', () => {
          if (this.stopping === undefined) this.relaunch();
        });
        return;
      }
      await delay(100 * attempt);
    }
  }

  private relaunch(): void {
    const { log } = this.setup;
    log('The embedded database ended unexpectedly; starting it again.');
    this.launch(() => Promise.resolve(this.port)).catch((error: unknown) => {
      log(error instanceof Error ? error.message : String(error));
    });
  }

  private async tryLaunch(): Promise<ChildProcess | undefined> {
    const { paths, postgres, runAs } = this.setup;
    const logStart = await sizeOf(paths.log);
    const command = [postgres, ...serverOptions(paths.cluster, this.port)];
    const guardian = (this.guardian = spawnGuarded(command, runAs, paths.log));
    const ended = hasEnded(guardian);
    const end = Date.now() + START_PATIENCE_MS;
    while (!ended()) {
      const postmaster = await readPostmaster(paths.cluster);
      if (postmaster?.isReady && postmaster.port === this.port) return guardian;
      if (Date.now() > end) guardian.stdin?.end();
      await delay(10);
    }
    if (this.stopping !== undefined) return undefined;
    const complaint = await lastComplaint(paths.log, logStart);
    throw new StartupError(`The embedded database did not start: ${complaint} (${paths.log})`);
  }
}

/** @returns whether guardian and server ended in time */
async function endGuardian({ stdin, pid, exitCode }: ChildProcess): Promise<boolean> {
  stdin?.end();
  if (pid === undefined || exitCode !== null) return false;
  return isGoneWithin(pid, STOP_PATIENCE_MS);
}

function hasEnded(child: ChildProcess): () => boolean {
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  child.once('exit', end);
  child.once('error', end);
  // Nothing is ever written there; that its reader died is told by the exit.
  child.stdin?.once('error', end);
  return () => ended;
}

function passOnUnlessPassing(attempt: number): (error: unknown) => undefined {
  return (error) => {
    const isPassing = error instanceof StartupError && PASSING.test(error.message);
    if (!isPassing || attempt >= ATTEMPTS) throw error;
    return undefined;
  };
}

async function rotateLog({ paths }: ServerSetup): Promise<void> {
  if ((await sizeOf(paths.log)) > LOG_LIMIT_BYTES) await rename(paths.log, paths.previousLog);
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(ignoreCode('ENOENT')))?.size ?? 0;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}
