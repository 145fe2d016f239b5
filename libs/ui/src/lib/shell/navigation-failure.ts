import { Service, signal } from '@angular/core';

/** Notes that a page could not be shown, most often because a part of the app did not load. */
@Service()
export class NavigationFailure {
  private readonly failed = signal(false);

  readonly hasFailed = this.failed.asReadonly();

  note(): void {
    this.failed.set(true);
  }
}
