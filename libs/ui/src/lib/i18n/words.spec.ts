import { FIELD_CODES, PROBLEM_CODES } from '@support-chat/contracts';
import ar from '../../i18n/ar.json' with { type: 'json' };
import en from '../../i18n/en.json' with { type: 'json' };
import { LANGUAGES, type Language } from './languages';

interface Words {
  [key: string]: string | Words;
}
const files: Record<Language, Words> = { en, ar };
const pluralForms = ['zero', 'one', 'two', 'few', 'many', 'other'];

const isPlural = (value: Words) => 'other' in value;

/** Path → text, with `#form` behind the path of a counted text. */
function flatten(words: Words, path = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    const here = path && !path.endsWith('#') ? `${path}.${key}` : path + key;
    if (typeof value === 'string') texts.set(here, value);
    else flatten(value, isPlural(value) ? `${here}#` : here).forEach((t, k) => texts.set(k, t));
  }
  return texts;
}

const keysOf = (language: Language) =>
  new Set([...flatten(files[language]).keys()].map((key) => key.replace(/#.*/, '#')));
const parameters = (text: string | undefined) =>
  [...(text ?? '').matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();

describe.each(LANGUAGES.map(({ code }) => code))('ux-56 the words in %s', (code) => {
  const texts = flatten(files[code]);
  const english = flatten(en);

  it('has exactly the keys of English', () => {
    expect([...keysOf(code)].sort()).toEqual([...keysOf('en')].sort());
  });

  it('has no empty text', () => {
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('has every plural form of the language and no other', () => {
    const wanted = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    const forms = new Map<string, string[]>();
    for (const key of texts.keys()) {
      const [path, form] = key.split('#');
      if (path && form) forms.set(path, [...(forms.get(path) ?? []), form]);
    }
    expect(forms.size).toBeGreaterThan(0);
    for (const [path, given] of forms) {
      expect([path, given]).toEqual([path, pluralForms.filter((f) => wanted.includes(f as never))]);
    }
  });

  it('fills in the same parameters as English', () => {
    for (const [key, text] of texts) {
      if (key.includes('#')) {
        const known = [...parameters(english.get(key.replace(/#.*/, '#other'))), 'count'];
        expect([key, parameters(text).filter((name) => !known.includes(name))]).toEqual([key, []]);
      } else {
        expect([key, parameters(text)]).toEqual([key, parameters(english.get(key))]);
      }
    }
  });

  it('ux-51 puts every error code of the API into words', () => {
    const keys = keysOf(code);
    const wanted = [
      ...PROBLEM_CODES.map((c) => `problem.${c}`),
      ...FIELD_CODES.map((c) => `field.${c}`),
    ];
    expect(wanted.filter((key) => !keys.has(key))).toEqual([]);
  });
});
