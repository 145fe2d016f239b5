// `npm test`: on a fresh clone installs, then checks, builds and tests everything, the browser's
// tests too. The last line counts all tests together; any failure makes the exit code 1.
import { availableParallelism } from 'node:os';
import { rm } from 'node:fs/promises';
import { browserEnvironment } from './lib/browser.mjs';
import { noteBuild } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { provideRedis } from './lib/redis.mjs';
import { main, run, say, seconds, step } from './lib/step.mjs';
import { Tally } from './lib/tally.mjs';
import { commandOf, Fault, inRoot, pinnedNode } from './lib/workspace.mjs';

const JEST_RESULTS = inRoot('tmp', 'jest-results.json');
const DRILL_RESULTS = inRoot('tmp', 'drill-results.json');
const PLAYWRIGHT_RESULTS = inRoot('apps', 'e2e', 'test-results', 'results.json');
/** Longer than any healthy run; a hang must end in a result. */
const LIMIT_MS = 45 * 60_000;

const tally = new Tally();

await main(async () => {
  const since = performance.now();
  await countFault(install);
  if (tally.failed === 0) await testInstalled();
  say(`\nAll in ${seconds(since)}.`);
  process.stdout.write(`${tally}\n`);
  return tally.failed === 0 ? 0 : 1;
});

async function testInstalled() {
  await check('Build', ...nx('build'));
  // Tests that start the system must find it built, not build it under each other's feet.
  if (tally.failed === 0) await noteBuild();
  await check('Format', commandOf('prettier'), ['--check', '--log-level=warn', '.']);
  await check('Lint', ...nx('lint'));
  await check('Types', ...nx('typecheck'));
  await countFault(provideRedis);
  await unitTests();
  await drills();
  await playwright();
}

function nx(target) {
  return [commandOf('nx'), ['run-many', `--targets=${target}`, '--output-style=static']];
}

async function check(label, script, args) {
  await countFault(async () => step(label, pinnedNode(), [script, ...args]));
}

async function unitTests() {
  await jest('Unit and integration tests', JEST_RESULTS, [
    `--maxWorkers=${availableParallelism()}`,
    // ES modules of earlier files stay in a worker's memory: begin anew before it is full.
    '--workerIdleMemoryLimit=1GB',
    // With several projects Jest heeds only this one. Generous: it is for hangs, not for slowness.
    '--testTimeout=120000',
  ]);
}

/** One after another: they kill, freeze and measure, so nothing else may run beside them. */
async function drills() {
  await jest('Fault drills', DRILL_RESULTS, ['--config=apps/api/test/drills/jest.config.ts']);
}

async function jest(label, results, args) {
  await rm(results, { force: true });
  const code = await watched(label, [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    commandOf('jest'),
    '--json',
    `--outputFile=${results}`,
    ...args,
  ]);
  await tally.addJest(results, code);
}

async function playwright() {
  await rm(PLAYWRIGHT_RESULTS, { force: true });
  await countFault(async () => {
    const env = await browserEnvironment();
    const args = [commandOf('playwright'), 'test', '--config=apps/e2e'];
    const code = await watched('Browser tests', args, env);
    await tally.addPlaywright(PLAYWRIGHT_RESULTS, code);
  });
}

/** Runs a test runner, showing what it says about each file while it runs. */
async function watched(label, args, env) {
  const since = performance.now();
  say(`${label} …`);
  const onOutput = (chunk) => process.stderr.write(chunk);
  const { code } = await run(pinnedNode(), args, { env, onOutput, limitMs: LIMIT_MS });
  say(`  done in ${seconds(since)}`);
  return code;
}

async function countFault(action) {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    say(error.message);
    tally.addFailure();
  }
}
