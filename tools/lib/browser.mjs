import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, step } from './step.mjs';
import { canInstallPackages, installPackage } from './system-packages.mjs';
import { commandOf, Fault, pinnedNode } from './workspace.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  ...(process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((dir) => NAMES.map((name) => join(dir, name))),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium for the browser tests: one that is there, else the system's package, else Playwright's.
 * @returns the environment that tells the tests
 * @throws Fault when none can be had
 */
export async function browserEnvironment() {
  const there = process.env.CHROMIUM_PATH ?? findInstalled();
  if (there) return { CHROMIUM_PATH: there };
  const ways = canInstallPackages() ? [installSystems, installPlaywrights] : [installPlaywrights];
  for (const way of ways) {
    try {
      return await way();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      say(error.message);
    }
  }
  throw new Fault('There is no Chromium for the browser tests: install one, or set CHROMIUM_PATH.');
}

/** It must answer: Ubuntu's `chromium-browser` may be no more than a note about a snap. */
function findInstalled() {
  return PLACES.filter((path) => existsSync(path)).find(
    (path) => spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0,
  );
}

async function installSystems() {
  await installPackage('Chromium', 'chromium');
  const installed = findInstalled();
  if (installed === undefined) throw new Fault('The installed Chromium does not run.');
  return { CHROMIUM_PATH: installed };
}

async function installPlaywrights() {
  const args = [commandOf('playwright'), 'install', 'chromium'];
  await step('Installing Chromium (Playwright’s)', pinnedNode(), args);
  return {};
}
