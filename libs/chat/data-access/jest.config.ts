import { angularProject } from '../../../tools/jest/angular-project.ts';

export default angularProject({ displayName: 'chat-data-access', rootDir: import.meta.dirname });
