import { DOCUMENT, DestroyRef, Service, inject, signal } from '@angular/core';

/** Whether somebody is looking at this page: it is visible and its window has the focus. */
@Service()
export class PageFocus {
  private readonly document = inject(DOCUMENT);
  private readonly focused = signal(this.look());
  readonly isFocused = this.focused.asReadonly();

  constructor() {
    const listening = new AbortController();
    const options = { signal: listening.signal };
    const update = () => {
      this.focused.set(this.look());
    };
    this.document.addEventListener('visibilitychange', update, options);
    this.document.defaultView?.addEventListener('focus', update, options);
    this.document.defaultView?.addEventListener('blur', update, options);
    inject(DestroyRef).onDestroy(() => {
      listening.abort();
    });
  }

  private look(): boolean {
    return this.document.visibilityState === 'visible' && this.document.hasFocus();
  }
}
