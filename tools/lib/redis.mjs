import { spawnSync } from 'node:child_process';
import { canInstallPackages, installPackage } from './system-packages.mjs';
import { Fault } from './workspace.mjs';

/**
 * The tests start Redis servers of their own; this makes sure that the program is there.
 * @throws Fault when it cannot be had
 */
export async function provideRedis() {
  if (isThere()) return;
  if (canInstallPackages()) await installPackage('Redis', 'redis-server');
  if (!isThere()) {
    throw new Fault('The tests of the bus need redis-server in PATH: install Redis 6 or newer.');
  }
}

function isThere() {
  return spawnSync('redis-server', ['--version'], { timeout: 20_000 }).status === 0;
}
