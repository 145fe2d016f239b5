import { readFileSync } from 'node:fs';

const css = readFileSync(`${import.meta.dirname}/tokens.css`, 'utf8');

type Theme = 'light' | 'dark';
type Rgb = [number, number, number];

function colour(name: string, theme: Theme): Rgb {
  const value = new RegExp(`--sc-color-${name}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`).exec(css);
  const hex = value?.[theme === 'light' ? 1 : 2];
  if (!hex) throw new Error(`no colour ${name}`);
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Rgb;
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string, theme: Theme): number {
  const [dark, light] = [luminance(colour(a, theme)), luminance(colour(b, theme))].sort(
    (x, y) => x - y,
  ) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected'];
const text: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ['text', ground],
    ['muted', ground],
  ]),
  ...['canvas', 'surface', 'raised', 'selected'].map((ground): [string, string] => [
    'accent',
    ground,
  ]),
  ...['canvas', 'surface', 'raised'].map((ground): [string, string] => ['danger', ground]),
  ['accent-hover', 'surface'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-accent-soft', 'accent-soft'],
  ['on-own', 'own'],
  ['on-other', 'other'],
  ['on-danger-soft', 'danger-soft'],
  ['danger', 'danger-soft'],
  ['on-warning-soft', 'warning-soft'],
];
const controls: [string, string][] = ['canvas', 'surface', 'raised'].flatMap(
  (ground): [string, string][] => [
    ['control', ground],
    ['focus', ground],
  ],
);

describe.each<Theme>(['light', 'dark'])('ux-52 colours of the %s theme', (theme) => {
  it.each(text)('%s can be read on %s (4.5:1)', (a, b) => {
    expect(contrast(a, b, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(controls)('%s can be made out on %s (3:1)', (a, b) => {
    expect(contrast(a, b, theme)).toBeGreaterThanOrEqual(3);
  });
});
