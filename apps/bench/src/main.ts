import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Benchmark } from './benchmark';
import { readOptions, USAGE, type Options } from './options';
import { formatReport } from './report/report';
import { failuresOf, type Results } from './results';

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const options = optionsOrUsage();
  if (options === null) return;
  const results = await measure(options);
  const report = formatReport(results);
  const folder = resolve(options.output);
  await mkdir(folder, { recursive: true });
  const json = JSON.stringify({ at: new Date().toISOString(), options, results }, null, 2);
  await writeFile(join(folder, 'results.json'), `${json}\n`);
  await writeFile(join(folder, 'results.md'), `${report}\n`);
  console.log(`\n${report}\n\nAlso in ${folder}.`);
  if (failuresOf(results).count > 0) process.exitCode = 1;
}

function optionsOrUsage(): Options | null {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 2;
    return null;
  }
}

async function measure(options: Options): Promise<Results> {
  const folder = await mkdtemp(join(tmpdir(), 'support-chat-bench-'));
  const started = Date.now();
  const say = (line: string): void => {
    console.error(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${line}`);
  };
  const benchmark = new Benchmark(options, folder, say);
  const cleanUp = async (): Promise<void> => {
    await benchmark.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const interrupt = (): void => {
    void cleanUp().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await benchmark.run();
  } finally {
    await cleanUp();
  }
}
