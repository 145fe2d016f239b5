import { effect, signal, untracked } from '@angular/core';
import { type Failure, readFailure } from '@support-chat/contracts';
import type { Observable } from 'rxjs';

/**
 * An image that is fetched, as a URL for as long as it is wanted. Made in an injection context; never
 * throws, what fails shows in `failure`.
 */
export class ImageSource {
  private readonly made = signal<string | null>(null);
  private readonly lastFailure = signal<Failure | null>(null);
  private readonly attempts = signal(0);

  /** Null until it is there. */
  readonly url = this.made.asReadonly();
  readonly failure = this.lastFailure.asReadonly();

  /** @param fetch asked anew for each attempt, and when a signal it reads changes; null for nothing */
  constructor(fetch: () => Observable<Blob> | null) {
    effect((onCleanup) => {
      this.attempts();
      this.made.set(null);
      this.lastFailure.set(null);
      let url: string | null = null;
      const blobs = fetch();
      // What the server's calls read is no reason to fetch anew.
      const fetching = untracked(() =>
        blobs?.subscribe({
          next: (blob) => {
            url = URL.createObjectURL(blob);
            this.made.set(url);
          },
          error: (error: unknown) => {
            this.lastFailure.set(readFailure(error));
          },
        }),
      );
      onCleanup(() => {
        fetching?.unsubscribe();
        if (url !== null) URL.revokeObjectURL(url);
      });
    });
  }

  retry(): void {
    this.attempts.update((attempts) => attempts + 1);
  }
}
