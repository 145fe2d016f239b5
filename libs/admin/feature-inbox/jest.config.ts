import { angularProject } from '../../../tools/jest/angular-project.ts';

export default angularProject({ displayName: 'admin-feature-inbox', rootDir: import.meta.dirname });
