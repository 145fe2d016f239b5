// `npm run bench`: the benchmark, on the built system.
import { buildAll } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { runProgram } from './lib/program.mjs';
import { main, step } from './lib/step.mjs';
import { inRoot, pinnedNode } from './lib/workspace.mjs';

await main(async () => {
  await install();
  await buildAll();
  await step('Building the benchmark', pinnedNode(), [inRoot('tools', 'build-bench.mjs')]);
  return runProgram('dist/apps/bench/main.js', process.argv.slice(2));
});
