import { angularProject } from '../../../tools/jest/angular-project.ts';

export default angularProject({ displayName: 'auth-feature-login', rootDir: import.meta.dirname });
