import type { Config } from 'jest';
import presets from 'jest-preset-angular/presets/index.js';
import base from '../../tsconfig.base.json' with { type: 'json' };

const workspaceRoot = `${import.meta.dirname}/../..`;

/** The aliases of tsconfig.base.json, so that a spec imports a library as the application does. */
const aliases = Object.fromEntries(
  Object.entries(base.compilerOptions.paths).map(([alias, [path]]) => [
    `^${alias}$`,
    `${workspaceRoot}/${path}`,
  ]),
);

/** Jest options of an Angular project: jsdom, no zone, templates compiled as they are met. */
export function angularProject(project: Config): Config {
  const preset = presets.createEsmPreset({
    tsconfig: `${import.meta.dirname}/tsconfig.angular.json`,
  });
  return {
    ...preset,
    testMatch: ['<rootDir>/src/**/*.spec.ts'],
    setupFilesAfterEnv: [`${import.meta.dirname}/angular-setup.ts`],
    moduleNameMapper: { ...preset.moduleNameMapper, ...aliases },
    ...project,
  };
}
