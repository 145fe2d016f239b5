import { type Signal, effect, signal } from '@angular/core';

/** The URL of a blob for as long as it is that blob; made in an injection context. */
export function objectUrl(blob: Signal<Blob | undefined>): Signal<string | null> {
  const url = signal<string | null>(null);
  effect((onCleanup) => {
    const current = blob();
    if (!current) {
      url.set(null);
      return;
    }
    const made = URL.createObjectURL(current);
    url.set(made);
    onCleanup(() => {
      URL.revokeObjectURL(made);
    });
  });
  return url.asReadonly();
}
