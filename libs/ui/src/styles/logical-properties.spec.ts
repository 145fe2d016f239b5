import { globSync, readFileSync } from 'node:fs';

const workspace = `${import.meta.dirname}/../../../..`;
const files = globSync(['libs/**/src/**/*.{css,ts}', 'apps/{support,admin}/src/**/*.{css,ts}'], {
  cwd: workspace,
  exclude: (name) => name === 'node_modules' || name.endsWith('.spec.ts'),
});

/** Properties and values that name a side of the screen instead of a side of the text. */
const PHYSICAL =
  /(?:^|[\s;{])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*|(?:min-|max-)?(?:width|height)|left|right|top|bottom|border-(?:top|bottom)-(?:left|right)-radius)\s*:\s*[^;(]|(?:text-align|float|clear)\s*:\s*(?:left|right)/u;

/** The style sheets of a file: all of a `.css`, the `styles` of a component. */
function styleSheets(file: string): string[] {
  const source = readFileSync(`${workspace}/${file}`, 'utf8');
  if (file.endsWith('.css')) return [source];
  return [...source.matchAll(/\bstyles: `([^`]*)`/gu)].map(([, css = '']) => css);
}

const withoutMedia = (css: string): string =>
  css.replaceAll(/\/\*[\s\S]*?\*\//gu, '').replaceAll(/@(?:media|container)[^{]*/gu, '');

describe('ux-57 styles', () => {
  it('are found', () => {
    expect(files.flatMap(styleSheets).length).toBeGreaterThan(20);
  });

  it('name sides of the text, never of the screen', () => {
    const physical = files.filter((file) =>
      styleSheets(file).some((css) => PHYSICAL.test(withoutMedia(css))),
    );
    expect(physical).toEqual([]);
  });

  it.each(['margin-left: 1px', 'left: 0', 'text-align: right', 'max-width: 4rem', 'height: 1px'])(
    'the search finds %s',
    (declaration) => {
      expect(PHYSICAL.test(`a { ${declaration}; }`)).toBe(true);
    },
  );
});
