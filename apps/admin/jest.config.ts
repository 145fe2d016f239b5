import { angularProject } from '../../tools/jest/angular-project.ts';

export default angularProject({ displayName: 'admin', rootDir: import.meta.dirname });
