import { esmProject } from '../../tools/jest/esm-project.ts';

export default esmProject({ displayName: 'contracts', rootDir: import.meta.dirname });
