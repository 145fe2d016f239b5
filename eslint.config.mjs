import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Which projects a project with a tag may depend on; `docs/architecture.md` has the same table. */
const depConstraints = [
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: [
      'type:feature',
      'type:data-access',
      'type:ui',
      'type:contracts',
      'type:test-servers',
    ],
  },
  {
    sourceTag: 'type:feature',
    onlyDependOnLibsWithTags: ['type:data-access', 'type:ui', 'type:contracts'],
  },
  {
    sourceTag: 'type:data-access',
    onlyDependOnLibsWithTags: ['type:data-access', 'type:contracts'],
  },
  { sourceTag: 'type:ui', onlyDependOnLibsWithTags: ['type:ui', 'type:contracts'] },
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contracts', 'type:test-servers'] },
  { sourceTag: 'type:test-servers', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:bench', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'scope:api', onlyDependOnLibsWithTags: ['scope:shared'] },
  {
    sourceTag: 'scope:support',
    onlyDependOnLibsWithTags: ['scope:support', 'scope:chat', 'scope:auth', 'scope:shared'],
  },
  {
    sourceTag: 'scope:admin',
    onlyDependOnLibsWithTags: ['scope:admin', 'scope:chat', 'scope:auth', 'scope:shared'],
  },
  { sourceTag: 'scope:chat', onlyDependOnLibsWithTags: ['scope:chat', 'scope:shared'] },
  { sourceTag: 'scope:auth', onlyDependOnLibsWithTags: ['scope:auth', 'scope:shared'] },
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  {
    sourceTag: 'platform:web',
    onlyDependOnLibsWithTags: ['platform:web', 'platform:any'],
    bannedExternalImports: ['@nestjs/*', 'typeorm', 'pg', 'fastify'],
  },
  {
    sourceTag: 'platform:node',
    onlyDependOnLibsWithTags: ['platform:node', 'platform:any'],
    bannedExternalImports: ['@angular/*'],
  },
  {
    sourceTag: 'platform:any',
    onlyDependOnLibsWithTags: ['platform:any'],
    bannedExternalImports: ['@nestjs/*', 'typeorm', 'pg', 'fastify', '@angular/*', 'rxjs'],
  },
];

/** Inside the API: a module may be entered only by its `index`, and only in one direction. */
const apiWall = (module, forbidden) => ({
  files: [`apps/api/src/${module}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: forbidden.map(({ regex, message }) => ({ regex, message })),
      },
    ],
  },
});
const moduleImport = (name) => ({
  regex: `^(\\.\\./)+${name}(/|$)`,
  message: `This module may not depend on ${name}.`,
});
const pastTheDoor = (name) => ({
  regex: `^(\\.\\./)+${name}/(?!index$)`,
  message: `Enter ${name} by its index.`,
});

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/tmp',
      '**/.angular',
      '**/coverage',
      '**/test-results',
      'tools/boundary-fixtures',
    ],
  },
  ...nx.configs['flat/base'],
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: true,
          allow: ['../../../../../ormconfig'],
          depConstraints,
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Nest wants bodies and options as classes; they are used by their shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/unbound-method': 'off',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: ['error', 'smart'],
    },
  },
  apiWall('platform', ['auth', 'chat', 'admin', 'notifications'].map(moduleImport)),
  apiWall('auth', ['chat', 'admin', 'notifications'].map(moduleImport)),
  apiWall('chat', [...['admin', 'notifications'].map(moduleImport), pastTheDoor('auth')]),
  apiWall('admin', [moduleImport('notifications'), ...['auth', 'chat'].map(pastTheDoor)]),
  apiWall('notifications', [moduleImport('admin'), ...['auth', 'chat'].map(pastTheDoor)]),
  {
    files: ['apps/{support,admin}/**/*.ts', 'libs/{ui,auth,chat,admin}/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'sc', style: 'kebab-case' },
      ],
      '@angular-eslint/directive-selector': [
        'error',
        { type: 'attribute', prefix: 'sc', style: 'camelCase' },
      ],
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      '@angular-eslint/prefer-standalone': 'error',
      '@angular-eslint/prefer-signals': 'error',
    },
  },
  {
    files: ['apps/e2e/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.name="expect"] > AwaitExpression:not(CallExpression[callee.property.name="toPass"] AwaitExpression)',
          message:
            'A screen follows a moment later: use an assertion that waits, expect.poll or toPass.',
        },
      ],
    },
  },
  {
    files: ['**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  {
    files: ['**/*.spec.ts', '**/test/**/*.ts', 'apps/{e2e,bench}/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // Test configuration is shared from tools/ by every project, and reads the workspace's own.
    files: ['**/jest.config.ts', 'tools/jest/*.ts'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  {
    files: ['apps/bench/**/*.ts', 'apps/api/src/cli/**/*.ts', 'apps/api/src/banner.ts'],
    rules: { 'no-console': 'off' },
  },
  prettier,
);
