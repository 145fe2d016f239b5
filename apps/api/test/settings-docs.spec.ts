import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadSettings, SETTING_NAMES } from '../src/platform/config/load-settings';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Node's own: named below the table. */
const APART = ['NODE_ENV'];

/** Name to default, by the table of the README. */
function readme(): Map<string, string> {
  const table = read('README.md')
    .split('<!-- settings:start -->')[1]
    ?.split('<!-- settings:end')[0];
  const rows = table?.matchAll(/^\| `(\w+)` *\|.*\| (.*?) *\|$/gm) ?? [];
  return new Map(Array.from(rows, ([, name = '', value = '']) => [name, plain(value)]));
}

/** Name to default, by `.env.example`; a default holds for all names below its comment. */
function example(): Map<string, string> {
  const defaults = new Map<string, string>();
  let current = '';
  for (const line of read('.env.example').split('\n')) {
    current = /Default: (.*)$/.exec(line)?.[1] ?? current;
    const name = /^#([A-Z\d_]+)=/.exec(line)?.[1];
    if (name !== undefined) defaults.set(name, plain(current));
  }
  return defaults;
}

function plain(text: string): string {
  return text.replaceAll('`', '').trim();
}

describe('the documents of the settings', () => {
  it('README and .env.example name exactly the settings there are, with the same defaults', () => {
    const wanted = SETTING_NAMES.filter((name) => !APART.includes(name)).sort();
    expect([...readme().keys()].sort()).toEqual(wanted);
    expect(Object.fromEntries(example())).toEqual(Object.fromEntries(readme()));
  });

  it('the README tells of those that stand apart', () => {
    for (const name of APART) expect(read('README.md')).toContain(`\`${name}`);
  });

  it('a default that is written down and set by hand changes nothing', () => {
    const values = [...readme()].filter(([, value]) => !/^(none|an|generated)\b/.test(value));
    expect(values.length).toBeGreaterThan(5);
    const settings = loadSettings({}, '/nonexistent/.env');
    for (const [name, value] of values) {
      const [first] = value.split(' ');
      expect([name, loadSettings({ [name]: first }, '/nonexistent/.env')]).toEqual([
        name,
        settings,
      ]);
    }
  });
});
