import { angularProject } from '../../../tools/jest/angular-project.ts';

export default angularProject({ displayName: 'auth-data-access', rootDir: import.meta.dirname });
