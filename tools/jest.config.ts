import { esmProject } from './jest/esm-project.ts';

export default esmProject({
  displayName: 'tools',
  rootDir: import.meta.dirname,
  testTimeout: 120_000,
});
