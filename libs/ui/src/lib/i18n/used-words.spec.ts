import { globSync, readFileSync } from 'node:fs';
import en from '../../i18n/en.json' with { type: 'json' };

const WORKSPACE = `${import.meta.dirname}/../../../../..`;
const SOURCES = ['apps/{support,admin}/src', 'libs/{ui,auth,chat,admin}'].flatMap((folder) =>
  globSync(`${folder}/**/*.{ts,html}`, { cwd: WORKSPACE }),
);
const CODE = SOURCES.filter((path) => !path.endsWith('.spec.ts'))
  .map((path) => readFileSync(`${WORKSPACE}/${path}`, 'utf8'))
  .join('\n');

interface Words {
  [key: string]: string | Words;
}

/** The path of each text; a counted one is one text. */
function keysOf(words: Words, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' || 'other' in value ? [path + key] : keysOf(value, `${path}${key}.`),
  );
}

describe('the words of the apps', () => {
  it('are all used: a text nobody sees is not kept', () => {
    const named = new Set(Array.from(CODE.matchAll(/['"`]([\w.]+)['"`]/g), ([, key]) => key));
    const begun = Array.from(CODE.matchAll(/`([\w.]+\.)\$\{/g), ([, prefix]) => prefix ?? '');
    expect(SOURCES.length).toBeGreaterThan(50);
    expect(
      keysOf(en).filter((key) => !named.has(key) && !begun.some((text) => key.startsWith(text))),
    ).toEqual([]);
  });
});
