const STEP = 1024;
const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

/** `0 byte`, `312 kB`, `1.2 MB`, as the locale writes it. */
export function formatBytes(bytes: number, locale: string): string {
  const power = Math.min(
    Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(STEP)),
    UNITS.length - 1,
  );
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    maximumFractionDigits: power === UNITS.length - 1 ? 1 : 0,
  }).format(bytes / STEP ** power);
}
