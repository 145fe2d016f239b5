import { esmProject } from '../../tools/jest/esm-project.ts';

export default esmProject({
  displayName: 'bench',
  rootDir: import.meta.dirname,
  testTimeout: 300_000,
});
