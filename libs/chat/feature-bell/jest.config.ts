import { angularProject } from '../../../tools/jest/angular-project.ts';

export default angularProject({ displayName: 'chat-feature-bell', rootDir: import.meta.dirname });
