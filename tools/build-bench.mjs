// Bundles the benchmark into dist/apps/bench.
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { nodeProgram } from './build-api.mjs';

await rm(resolve(import.meta.dirname, '../dist/apps/bench'), { recursive: true, force: true });
const programs = {
  main: 'apps/bench/src/main.ts',
  'bare-server': 'apps/bench/src/bare/main.ts',
  'bare-relay': 'apps/bench/src/bare/relay.main.ts',
};
// esbuild has printed its errors by then.
await build(nodeProgram(programs, 'dist/apps/bench')).catch(() => process.exit(1));
