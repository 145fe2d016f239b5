import { angularProject } from '../../tools/jest/angular-project.ts';

export default angularProject({ displayName: 'support', rootDir: import.meta.dirname });
