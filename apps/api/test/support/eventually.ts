import { setTimeout as delay } from 'node:timers/promises';

/** Repeats a check until it passes; after `patienceMs` its own failure counts. */
export async function eventually(
  check: () => Promise<void> | void,
  patienceMs = 5_000,
): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (failure) {
      if (Date.now() > end) throw failure;
      await delay(10);
    }
  }
}
