import { resolve } from 'node:path';
import { esmProject } from '../../../../tools/jest/esm-project.ts';

/** The fault drills, run by `nx drills api` and `npm test`: one after another, as they measure. */
export default esmProject({
  displayName: 'drills',
  rootDir: resolve(import.meta.dirname, '../..'),
  testMatch: ['<rootDir>/test/drills/**/*.drill.ts'],
  globalSetup: '<rootDir>/test/support/start-database.ts',
  globalTeardown: '<rootDir>/test/support/stop-database.ts',
  setupFiles: ['reflect-metadata'],
  maxWorkers: 1,
  // For hangs only: each drill sets the limits that its promise names.
  testTimeout: 180_000,
});
