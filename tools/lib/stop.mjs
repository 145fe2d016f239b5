// One place that knows why these scripts should end: a signal, or npm gone from above them.

const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const PARENT_CHECK_MS = 300;

const listeners = new Set();
let reason;

/** Calls the listener when the stop is asked for, also if that was earlier. @returns how to withdraw it */
export function onStop(listener) {
  arm();
  listeners.add(listener);
  if (reason !== undefined) listener();
  return () => listeners.delete(listener);
}

export const isStopping = () => reason !== undefined;

/** The exit code by convention for what asked for the stop. */
export const stopExitCode = () => EXIT_CODES[reason] ?? 1;

let isArmed = false;

function arm() {
  if (isArmed) return;
  isArmed = true;
  for (const signal of Object.keys(EXIT_CODES)) process.on(signal, () => stop(signal));
  // npm killed outright passes nothing on; only having another parent tells.
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop('SIGTERM'), PARENT_CHECK_MS).unref();
}

function stop(why) {
  if (reason !== undefined) return;
  reason = why;
  for (const listener of listeners) listener();
}
