import { existsSync, watch } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ended, startProgram } from './program.mjs';
import { run, say, Stopped } from './step.mjs';
import { isStopping, onStop } from './stop.mjs';
import { commandOf, inRoot, pinnedNode } from './workspace.mjs';

/** Beside what `npm start` runs, so that neither finds the other's build. */
const OUTPUT = 'dist/dev/apps';
const APPS = ['support', 'admin'];
const SETTLE_MS = 300;
/** Stacks in the words of the sources; outside development that is 25 MB of maps for nothing. */
const DEBUGGABLE = ['--enable-source-maps'];

/** Builds on every change and starts the server anew, on the same port, until a stop is asked for. */
export async function dev() {
  const server = new DevServer();
  const builds = APPS.map(buildApp);
  const anyEnded = Promise.race(builds);
  await Promise.race([Promise.all([buildApi(server), ...APPS.map(built)]), anyEnded]);
  if (!isStopping()) {
    for (const app of APPS) watch(appFolder(app), { recursive: true }, () => server.restartSoon());
    await server.restart();
    await anyEnded;
  }
  await Promise.all([server.stop(), ...builds]);
  return 0;
}

/** Runs the built server; changes that come together lead to one restart. */
class DevServer {
  #child;
  #timer;
  #work = Promise.resolve();

  restartSoon() {
    if (this.#child === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.restart(), SETTLE_MS);
  }

  async restart() {
    this.#work = this.#work.then(async () => {
      await this.#end();
      if (!isStopping()) this.#child = startProgram(`${OUTPUT}/api/main.js`, [], DEBUGGABLE);
    });
    await this.#work;
  }

  async stop() {
    clearTimeout(this.#timer);
    await this.#work;
    await this.#end();
  }

  async #end() {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await ended(child);
  }
}

async function buildApi(server) {
  // Only here, since these packages are not there before the installation.
  const { context } = await import('esbuild');
  const { apiProgram } = await import('../build-api.mjs');
  const program = apiProgram();
  const restart = {
    name: 'restart',
    setup(build) {
      build.onEnd(({ errors }) => {
        if (errors.length === 0) server.restartSoon();
      });
    },
  };
  const watching = await context({
    ...program,
    outdir: `${OUTPUT}/api`,
    plugins: [...program.plugins, restart],
  });
  await watching.watch();
  onStop(() => watching.dispose());
}

/** Ends only with a stop, or when the build itself breaks down. */
async function buildApp(app) {
  const args = [
    commandOf('nx'),
    'run',
    `${app}:build:development`,
    '--watch',
    `--outputPath=${OUTPUT}/${app}`,
  ];
  say(`Building ${app} …`);
  const onOutput = (chunk) => {
    if (/error|warning|failed/i.test(chunk)) process.stderr.write(chunk);
  };
  try {
    const { output } = await run(pinnedNode(), args, { onOutput });
    say(`${output}\nThe build of ${app} ended.`);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}

const appFolder = (app) => inRoot(OUTPUT, app, 'browser');

async function built(app) {
  while (!existsSync(`${appFolder(app)}/index.html`) && !isStopping()) await delay(200);
}
