const NUL = '\u0000';

/** Text the database cannot hold or would silently change: NUL characters and lone surrogates. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes(NUL);
}
