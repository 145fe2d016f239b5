const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML that is safe by the way it is made: every value is escaped, unless it is HTML itself. */
export class Html {
  private constructor(readonly text: string) {}

  static of(strings: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
    const parts = strings.map((part, n) => part + (n < values.length ? toText(values[n]) : ''));
    return new Html(parts.join(''));
  }
}

function toText(value: string | Html | Html[] | undefined): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(({ text }) => text).join('');
  return (value ?? '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
