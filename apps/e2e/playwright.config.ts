import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

/** Debian's; elsewhere CHROMIUM_PATH names one, or Playwright's own is taken. */
const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const chromium =
  process.env['CHROMIUM_PATH'] ?? (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined);

const MEASURED = 'send-to-seen.e2e.ts';

export default defineConfig({
  testDir: 'src/tests',
  testMatch: '*.e2e.ts',
  outputDir: 'test-results/artifacts',
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // Where other work shares the machine; `tools/lib/tally.mjs` bounds how many may need it.
  retries: process.env['CI'] ? 1 : 0,
  workers: 2,
  projects: [
    { name: 'behaviour', testIgnore: MEASURED },
    // Measured when nothing else runs; by itself with `--no-deps`.
    { name: 'speed', testMatch: MEASURED, dependencies: ['behaviour'] },
  ],
  timeout: 45_000,
  // Several poll intervals, for a busy machine; what must come sooner says so itself.
  expect: { timeout: 15_000 },
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'light',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium !== undefined && { executablePath: chromium }),
      args: [
        // Containers run as root, where Chromium's own sandbox cannot.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
