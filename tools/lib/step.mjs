import { spawn } from 'node:child_process';
import { isStopping, onStop, stopExitCode } from './stop.mjs';
import { Fault, root, toolEnvironment } from './workspace.mjs';

const KILL_AFTER_MS = 5_000;

/** A stop was asked for while something ran. */
export class Stopped extends Error {}

/** Progress goes to standard error, so that the output of a command stays clean. */
export const say = (line) => process.stderr.write(`${line}\n`);

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs one step of the preparation quietly: a line before, a line with its time after, its output
 * only when it fails.
 * @throws Fault when it fails, Stopped when a stop is asked for
 */
export async function step(label, command, args) {
  const since = performance.now();
  say(`${label} …`);
  const { code, output } = await run(command, args);
  if (code === 0) return say(`  done in ${seconds(since)}`);
  say(output);
  throw new Fault(`${label} failed (exit code ${code}); the output is above.`);
}

/**
 * Runs a command in a process group of its own, so that a stop, or the end of `limitMs`, reaches
 * everything it started.
 */
export async function run(command, args, { env = {}, onOutput = () => undefined, limitMs } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: toolEnvironment(env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      chunks.push(chunk);
      onOutput(chunk);
    });
  }
  const withdraw = onStop(() => endGroup(child.pid));
  const limit = limitMs && setTimeout(() => endGroup(child.pid), limitMs);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  withdraw();
  clearTimeout(limit);
  if (isStopping()) throw new Stopped();
  return { code, output: Buffer.concat(chunks).toString() };
}

function endGroup(pid) {
  kill(-pid, 'SIGTERM');
  setTimeout(() => kill(-pid, 'SIGKILL'), KILL_AFTER_MS).unref();
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Runs a script's main function; a fault ends it with one line, anything else with its stack. */
export async function main(script) {
  try {
    process.exit(await script());
  } catch (error) {
    if (error instanceof Stopped) process.exit(stopExitCode());
    say(error instanceof Fault ? `\n${error.message}` : error.stack);
    process.exit(1);
  }
}
