import { DOCUMENT, Service, inject } from '@angular/core';

/**
 * Small choices remembered in this browser (language, theme). Where the browser forbids storage
 * a choice lasts as long as the page; that is no error.
 */
@Service()
export class Preferences {
  private readonly window = inject(DOCUMENT).defaultView;

  read(name: string): string | null {
    try {
      return this.window?.localStorage.getItem(`sc.${name}`) ?? null;
    } catch {
      return null; // Storage is switched off.
    }
  }

  write(name: string, value: string): void {
    try {
      this.window?.localStorage.setItem(`sc.${name}`, value);
    } catch {
      // Storage is switched off or full: the choice holds until the page is left.
    }
  }
}
