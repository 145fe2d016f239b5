import { angularProject } from '../../../tools/jest/angular-project.ts';

export default angularProject({ displayName: 'admin-data-access', rootDir: import.meta.dirname });
