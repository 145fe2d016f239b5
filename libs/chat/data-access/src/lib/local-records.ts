import { DOCUMENT, Service, inject } from '@angular/core';
import { filter, fromEvent, map } from 'rxjs';

/**
 * Texts kept in this browser under names, shared by its tabs and surviving a reload. Where the
 * browser refuses to store, they live as long as the page: nothing a person wrote is dropped.
 */
@Service()
export class LocalRecords {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly memory = new Map<string, string>();

  /** Another tab changed something. */
  readonly changes$ = fromEvent<StorageEvent>(globalThis, 'storage').pipe(
    filter(({ storageArea }) => storageArea === this.storage()),
    map(({ key }) => key),
  );

  names(prefix: string): string[] {
    const names = new Set([...Object.keys(this.storage() ?? {}), ...this.memory.keys()]);
    return [...names].filter((name) => name.startsWith(prefix));
  }

  read(name: string): string | null {
    return this.memory.get(name) ?? this.storage()?.getItem(name) ?? null;
  }

  write(name: string, text: string): void {
    try {
      this.storage()?.setItem(name, text);
      this.memory.delete(name);
    } catch {
      this.memory.set(name, text); // The storage is full.
    }
    if (!this.storage()) this.memory.set(name, text);
  }

  remove(name: string): void {
    this.memory.delete(name);
    this.storage()?.removeItem(name);
  }

  private storage(): Storage | null {
    try {
      return this.window?.localStorage ?? null;
    } catch {
      return null; // The browser forbids this page to store anything.
    }
  }
}
