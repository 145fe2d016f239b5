import { angularProject } from '../../tools/jest/angular-project.ts';

export default angularProject({ displayName: 'ui', rootDir: import.meta.dirname });
