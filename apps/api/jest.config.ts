import { esmProject } from '../../tools/jest/esm-project.ts';

export default esmProject({
  displayName: 'api',
  rootDir: import.meta.dirname,
  globalSetup: '<rootDir>/test/support/start-database.ts',
  globalTeardown: '<rootDir>/test/support/stop-database.ts',
  setupFiles: ['reflect-metadata'],
  testTimeout: 30_000,
});
