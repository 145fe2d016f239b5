// Lints the fixtures with the workspace's own configuration, each as if it were the content of a
// real file: only files of a project have tags. Reads `{ fixture: file }` from its argument and
// prints `{ fixture: [rule, …] }`.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import { ESLint } from 'eslint';

const root = resolve(import.meta.dirname, '../..');
const fixtures = Object.entries(JSON.parse(process.argv[2]));

// Without a project graph in its cache the boundary rule says nothing at all.
await createProjectGraphAsync();
const eslint = new ESLint({ cwd: root });
const found = await Promise.all(
  fixtures.map(async ([fixture, file]) => {
    const text = await readFile(join(import.meta.dirname, fixture), 'utf8');
    const [{ messages }] = await eslint.lintText(text, { filePath: join(root, file) });
    return [fixture, messages.map(({ ruleId, message }) => ruleId ?? message)];
  }),
);
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
