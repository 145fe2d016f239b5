type Words = typeof import('../../i18n/en.json');

/** A counted text: one form for each plural category of the language, `other` always among them. */
interface Plural {
  other: string;
}

type Keys<T, Wanted> = {
  [K in keyof T & string]: T[K] extends Wanted
    ? K
    : T[K] extends string
      ? never
      : T[K] extends Plural
        ? never
        : `${K}.${Keys<T[K], Wanted>}`;
}[keyof T & string];

/** Every text of `en.json` by its path: a missing key does not compile, in templates neither. */
export type TranslationKey = Keys<Words, string>;

/** Every counted text of `en.json` by its path. */
export type PluralKey = Keys<Words, Plural>;

export type TranslationParams = Record<string, string | number>;
