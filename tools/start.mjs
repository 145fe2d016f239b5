// `npm start`: from a fresh clone to a running chat. Runs on Node.js 20 or newer, before anything is
// installed. `npm run dev` is the same with reload.
import { buildAll } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { runProgram } from './lib/program.mjs';
import { main } from './lib/step.mjs';

/** Little room for short-lived objects: see "Less room for the young" in docs/decisions.md. */
const API_NODE_OPTIONS = ['--max-semi-space-size=8'];

await main(async () => {
  await install();
  if (process.argv.includes('--dev')) return (await import('./lib/dev.mjs')).dev();
  await buildAll();
  return runProgram('dist/apps/api/main.js', [], API_NODE_OPTIONS);
});
