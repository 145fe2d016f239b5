import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { filter, skip } from 'rxjs';
import { SessionStore } from './session.store';

/**
 * Matches the routes anew when somebody signs in or out, at the same address: whoever opened a
 * link is taken there after signing in. Called once, in the injection context of the app.
 */
export function rematchRoutesWithSession(): void {
  const router = inject(Router);
  toObservable(inject(SessionStore).status)
    .pipe(
      filter((status) => status !== 'unknown'),
      skip(1), // The first one is what the initial navigation waited for.
      takeUntilDestroyed(inject(DestroyRef)),
    )
    .subscribe(() => {
      void router.navigateByUrl(router.url, { onSameUrlNavigation: 'reload', replaceUrl: true });
    });
}
