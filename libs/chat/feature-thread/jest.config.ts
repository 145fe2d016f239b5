import { angularProject } from '../../../tools/jest/angular-project.ts';

export default angularProject({ displayName: 'chat-feature-thread', rootDir: import.meta.dirname });
