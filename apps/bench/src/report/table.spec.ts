import { formatNumber, formatTable } from './table';

it('aligns the columns of a Markdown table', () => {
  expect(
    formatTable(
      ['What', 'ms'],
      [
        ['send', '1.5'],
        ['page', '12'],
      ],
    ),
  ).toBe(['| What |  ms |', '| ---- | --: |', '| send | 1.5 |', '| page |  12 |'].join('\n'));
});

it.each([
  [31_234.5, '31,235'],
  [12.345, '12.3'],
  [0.5678, '0.568'],
  [0.03456, '0.035'],
  [0, '0'],
  [null, '–'],
  [Number.NaN, '–'],
])('writes %s as %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});
