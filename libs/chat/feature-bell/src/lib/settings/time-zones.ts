/** All this browser knows, and the given one in any case. */
export function timeZonesWith(current: string): string[] {
  return [...new Set([current, ownTimeZone(), ...Intl.supportedValuesOf('timeZone')])].sort();
}

/** The one of this device's clock. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
