import { existsSync } from 'node:fs';
import { run, step } from './step.mjs';

/** Whether packages of the system can be installed here without asking anybody. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** @throws Fault when it cannot be had */
export async function installPackage(label, name) {
  await run('apt-get', ['update', '-q']);
  const options = ['--yes', '--quiet', '--no-install-recommends'];
  await step(`Installing ${label} (the system’s package)`, 'apt-get', [
    ...['-o', 'Dpkg::Use-Pty=0', 'install', ...options, name],
  ]);
}
