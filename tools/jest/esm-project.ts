import type { Config } from 'jest';

/** Jest options of a project without Angular: TypeScript through swc, run as ES modules. */
export function esmProject(project: Config): Config {
  return {
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/**/*.spec.ts'],
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        {
          jsc: {
            target: 'es2023',
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
          },
          module: { type: 'es6' },
        },
      ],
    },
    moduleNameMapper: {
      '^@support-chat/(contracts|test-servers)$': `${import.meta.dirname}/../../libs/$1/src/index.ts`,
    },
    ...project,
  };
}
