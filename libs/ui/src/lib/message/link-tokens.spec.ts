import { linkTokens } from './link-tokens';

const links = (text: string): (string | undefined)[] =>
  linkTokens(text)
    .map((token) => token.href)
    .filter(Boolean);

describe('linkTokens', () => {
  it('ux-24 links web and mail addresses and nothing else', () => {
    expect(links('see https://example.org/a?b=1#c and HTTP://x.io')).toEqual([
      'https://example.org/a?b=1#c',
      'http://x.io/',
    ]);
    expect(links('mailto:amir@example.org')).toEqual(['mailto:amir@example.org']);
    expect(links('www.example.org, example.org, amir@example.org')).toEqual([]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.org',
    'https://',
    'mailto:',
  ])('ux-24 leaves %s as text', (text) => {
    expect(linkTokens(text)).toEqual([{ text }]);
  });

  it('never lets markup or quotes into an address', () => {
    expect(links('<a href="https://a.io/x">y</a>')).toEqual(['https://a.io/x']);
    expect(links("https://a.io/'onmouseover='x")).toEqual(['https://a.io/']);
  });

  it('leaves the punctuation of the sentence outside', () => {
    expect(links('Read https://a.io/x. Or (https://b.io/y), or https://c.io/z?!')).toEqual([
      'https://a.io/x',
      'https://b.io/y',
      'https://c.io/z',
    ]);
    expect(links('انظر https://a.io/x، شكرا')).toEqual(['https://a.io/x']);
  });

  it('keeps brackets that belong to the address', () => {
    expect(links('https://en.wikipedia.org/wiki/Tree_(graph_theory).')).toEqual([
      'https://en.wikipedia.org/wiki/Tree_(graph_theory)',
    ]);
  });

  it('loses no character of the text', () => {
    const text = ' a\n\nhttps://a.io/(x)). 😀 mailto:x@y.z!! https:// end ';
    expect(
      linkTokens(text)
        .map((token) => token.text)
        .join(''),
    ).toBe(text);
  });
});
