import { DOCUMENT, DestroyRef, Service, inject } from '@angular/core';

/** What an on-screen keyboard takes away at least; less is a browser's bar, which `dvh` knows. */
const KEYBOARD_PX = 100;

/**
 * Tells the layout how much an on-screen keyboard leaves of the page, as `--sc-visible-height`. Some
 * browsers lay the keyboard over the page instead of making room for it. Pinch zoom, which also makes the
 * visible part smaller, changes nothing.
 */
@Service()
export class VisibleHeight {
  private readonly document = inject(DOCUMENT);
  private readonly listening = new AbortController();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.listening.abort();
    });
  }

  start(): void {
    const viewport = this.document.defaultView?.visualViewport;
    const update = () => {
      if (viewport) this.apply(viewport);
    };
    viewport?.addEventListener('resize', update, { signal: this.listening.signal });
  }

  private apply({ height, scale }: VisualViewport): void {
    const root = this.document.documentElement;
    const covered = root.clientHeight - height;
    if (scale > 1.01 || covered < KEYBOARD_PX) {
      root.style.removeProperty('--sc-visible-height');
      return;
    }
    root.style.setProperty('--sc-visible-height', `${height}px`);
    // The browser has moved the page up to show the field, which is now in view without that.
    this.document.defaultView?.scrollTo(0, 0);
  }
}
