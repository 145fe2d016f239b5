import { DOCUMENT, InjectionToken, inject } from '@angular/core';

/** Starts the app afresh; replaced in tests. */
export const PAGE_RELOAD = new InjectionToken<() => void>('PAGE_RELOAD', {
  factory: () => {
    const { location } = inject(DOCUMENT);
    return () => {
      location.reload();
    };
  },
});
