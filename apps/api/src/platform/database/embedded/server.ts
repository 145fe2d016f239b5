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
const LAUNCHES = 10;
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
  private isStopping = false;

  private constructor(
    private readonly setup: ServerSetup,
    readonly port: number,
    private guardian: ChildProcess,
  ) {
    this.watch();
  }

  /** @throws StartupError with PostgreSQL's own last words when it does not start */
  static async start(setup: ServerSetup): Promise<Server> {
    await rotateLog(setup);
    for (let launch = 1; ; launch += 1) {
      const port = await freePort();
      const guardian = await Server.launch(setup, port).catch(passOnUnlessPassing(launch));
      if (guardian !== undefined) return new Server(setup, port, guardian);
    }
  }

  /** Fast shutdown; the immediate one when that takes too long. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.guardian.stdin?.end();
    const { pid, exitCode } = this.guardian;
    if (exitCode === null && pid !== undefined && (await isGoneWithin(pid, STOP_PATIENCE_MS)))
      return;
    // The guardian was killed, or its server is slow to end.
    const postmaster = await readPostmaster(this.setup.paths.cluster);
    if (postmaster !== undefined) await shutDown(postmaster.pid, STOP_PATIENCE_MS);
  }

  private watch(): void {
    this.guardian.once('exit', (code, signal) => {
      if (this.isStopping) return;
      this.setup.log(`The embedded database ended (${signal ?? code}); starting it again.`);
      this.relaunch().catch((error: unknown) => {
        this.setup.log(error instanceof Error ? error.message : String(error));
      });
    });
  }

  private async relaunch(): Promise<void> {
    for (let launch = 1; !this.isStopping; launch += 1) {
      const guardian = await Server.launch(this.setup, this.port).catch(
        passOnUnlessPassing(launch),
      );
      if (guardian !== undefined) {
        this.guardian = guardian;
        this.watch();
        return;
      }
      await delay(200 * launch);
    }
  }

  private static async launch(setup: ServerSetup, port: number): Promise<ChildProcess> {
    const { cluster, log } = setup.paths;
    const logStart = await sizeOf(log);
    const command = [setup.postgres, ...serverOptions(cluster, port)];
    const guardian = spawnGuarded(command, setup.runAs, log);
    const ended = hasEnded(guardian);
    const end = Date.now() + START_PATIENCE_MS;
    while (!ended()) {
      const postmaster = await readPostmaster(cluster);
      if (postmaster?.isReady && postmaster.port === port) return guardian;
      if (Date.now() > end) guardian.stdin?.end();
      await delay(10);
    }
    throw new StartupError(
      `The embedded database did not start: ${await lastComplaint(log, logStart)} (${log})`,
    );
  }
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

function passOnUnlessPassing(launch: number): (error: unknown) => undefined {
  return (error) => {
    const isPassing = error instanceof StartupError && PASSING.test(error.message);
    if (!isPassing || launch >= LAUNCHES) throw error;
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
