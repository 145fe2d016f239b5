import { angularProject } from '../../../tools/jest/angular-project.ts';

export default angularProject({
  displayName: 'admin-feature-settings',
  rootDir: import.meta.dirname,
});
