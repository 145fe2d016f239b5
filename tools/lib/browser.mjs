import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run, step } from './step.mjs';
import { commandOf, Fault, pinnedNode } from './workspace.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
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
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const installed = await installPackage();
    if (installed) return { CHROMIUM_PATH: installed };
  }
  return installPlaywrights();
}

/** It must answer: Ubuntu's `chromium-browser` may be no more than a note about a snap. */
function findInstalled() {
  return NAMES.find((name) => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0);
}

async function installPackage() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await step('Installing Chromium (the system’s package)', 'apt-get', [
    'install',
    '--yes',
    '--quiet',
    '--no-install-recommends',
    'chromium',
  ]);
  return findInstalled();
}

async function installPlaywrights() {
  const cli = commandOf('playwright');
  try {
    await step('Installing Chromium (Playwright’s)', pinnedNode(), [cli, 'install', 'chromium']);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault(
      'There is no Chromium for the browser tests: install one, or set CHROMIUM_PATH.',
    );
  }
  return {};
}
