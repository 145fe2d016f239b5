// `npm run chat -- COMMAND`: administration from the command line.
import { buildAll } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { runProgram } from './lib/program.mjs';
import { main } from './lib/step.mjs';

await main(async () => {
  await install();
  await buildAll();
  return runProgram('dist/apps/api/cli.js', process.argv.slice(2));
});
