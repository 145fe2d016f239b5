import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const PROJECT = '@nx/enforce-module-boundaries';
const MODULE = 'no-restricted-imports';
const FIXTURES = resolve(import.meta.dirname, '../boundary-fixtures');

/** Fixture, the file whose place it takes, and what must be said of it. */
const CASES: [fixture: string, file: string, rules: string[]][] = [
  ['contracts-import-ui.illegal.ts', 'libs/contracts/src/index.ts', [PROJECT]],
  ['contracts-import-rxjs.illegal.ts', 'libs/contracts/src/index.ts', [PROJECT]],
  ['contracts-import-nothing.legal.ts', 'libs/contracts/src/index.ts', []],
  ['feature-imports-feature.illegal.ts', 'libs/chat/feature-thread/src/index.ts', [PROJECT]],
  ['feature-imports-parts.legal.ts', 'libs/chat/feature-thread/src/index.ts', []],
  ['ui-imports-data-access.illegal.ts', 'libs/ui/src/index.ts', [PROJECT]],
  ['ui-imports-contracts.legal.ts', 'libs/ui/src/index.ts', []],
  ['data-access-imports-ui.illegal.ts', 'libs/chat/data-access/src/index.ts', [PROJECT]],
  ['chat-imports-admin.illegal.ts', 'libs/chat/data-access/src/index.ts', [PROJECT]],
  ['support-imports-admin.illegal.ts', 'apps/support/src/main.ts', [PROJECT]],
  ['support-imports-chat.legal.ts', 'apps/support/src/main.ts', []],
  ['web-imports-nest.illegal.ts', 'libs/ui/src/index.ts', [PROJECT]],
  ['web-imports-angular.legal.ts', 'libs/ui/src/index.ts', []],
  ['node-imports-angular.illegal.ts', 'apps/api/src/main.ts', [PROJECT]],
  ['node-imports-nest.legal.ts', 'apps/api/src/main.ts', []],
  ['api-imports-ui.illegal.ts', 'apps/api/src/main.ts', [PROJECT]],
  ['platform-imports-chat.illegal.ts', 'apps/api/src/platform/startup-error.ts', [MODULE]],
  ['platform-imports-auth-index.illegal.ts', 'apps/api/src/platform/startup-error.ts', [MODULE]],
  ['platform-imports-platform.legal.ts', 'apps/api/src/platform/startup-error.ts', []],
  ['auth-imports-chat.illegal.ts', 'apps/api/src/auth/index.ts', [MODULE]],
  ['chat-imports-past-auth-index.illegal.ts', 'apps/api/src/chat/index.ts', [MODULE]],
  ['chat-imports-api-admin.illegal.ts', 'apps/api/src/chat/index.ts', [MODULE]],
  ['chat-imports-auth-index.legal.ts', 'apps/api/src/chat/index.ts', []],
  ['admin-imports-past-chat-index.illegal.ts', 'apps/api/src/admin/admin.module.ts', [MODULE]],
  ['admin-imports-notifications.illegal.ts', 'apps/api/src/admin/admin.module.ts', [MODULE]],
  ['admin-imports-chat-index.legal.ts', 'apps/api/src/admin/admin.module.ts', []],
  ['notifications-imports-admin.illegal.ts', 'apps/api/src/notifications/index.ts', [MODULE]],
  [
    'notifications-imports-past-chat-index.illegal.ts',
    'apps/api/src/notifications/index.ts',
    [MODULE],
  ],
  ['notifications-imports-chat-index.legal.ts', 'apps/api/src/notifications/index.ts', []],
];

describe('boundaries', () => {
  let found: Record<string, string[]>;

  beforeAll(async () => {
    const files = Object.fromEntries(CASES.map(([fixture, file]) => [fixture, file]));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [resolve(FIXTURES, 'lint-as.mjs'), JSON.stringify(files)],
      { env: { ...process.env, NODE_OPTIONS: '', NX_DAEMON: 'false' } },
    );
    found = JSON.parse(stdout) as Record<string, string[]>;
  });

  it.each(CASES)('%s in place of %s', (fixture, _, rules) => {
    expect(found[fixture]).toEqual(rules);
  });

  it('every fixture is tried', async () => {
    const fixtures = (await readdir(FIXTURES)).filter((name) => name.endsWith('.ts'));
    expect(CASES.map(([fixture]) => fixture).sort()).toEqual(fixtures.sort());
  });
});
