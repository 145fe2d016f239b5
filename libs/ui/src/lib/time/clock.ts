import { DestroyRef, Service, inject, signal } from '@angular/core';

const TICK_MS = 30_000;

/** The present time as a signal, fresh to half a minute, so that "5 min. ago" and "Today" stay true. */
@Service()
export class Clock {
  private readonly present = signal(new Date());
  readonly now = this.present.asReadonly();

  constructor() {
    const timer = setInterval(() => {
      this.present.set(new Date());
    }, TICK_MS);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
  }
}
