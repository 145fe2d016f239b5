import { resolve } from 'node:path';

/** The built programs, seen from the root of the workspace. */
export const programs = {
  api: resolve('dist/apps/api/main.js'),
  database: resolve('dist/apps/api/embedded-postgres.js'),
  bare: resolve('dist/apps/bench/bare-server.js'),
  relay: resolve('dist/apps/bench/bare-relay.js'),
  /** Folder of a built Angular app. */
  app: (name: string): string => resolve('dist/apps', name, 'browser'),
} as const;
