import {
  DestroyRef,
  Directive,
  ElementRef,
  afterNextRender,
  afterRenderEffect,
  inject,
  input,
  output,
  signal,
} from '@angular/core';

/** Nearer to the end than this counts as being there. */
const END_TOLERANCE_PX = 48;
/** History is asked for this many screens before its end comes into view. */
const SCREENS_AHEAD = 1.5;
/** Room left above the line at which a thread is opened. */
const OPENING_MARGIN_PX = 56;

interface Anchor {
  element: Element;
  top: number;
}

/**
 * Scrolling of a thread. At the end it follows what comes; anywhere else the line being read stays
 * on its pixel, whatever is put in above or below. Opens at the element marked `data-open-here`, else at
 * the end. The host's first child holds the lines.
 */
@Directive({
  selector: '[scThreadScroll]',
  exportAs: 'scThreadScroll',
  host: { '(scroll)': 'onScroll()' },
})
export class ThreadScrollDirective {
  private readonly scroller: HTMLElement =
    inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** What is drawn inside; every change of it is settled before it is painted. */
  readonly rows = input.required<readonly unknown[]>({ alias: 'scThreadScroll' });
  /** The earliest line is about to come into view. */
  readonly nearStart = output();

  private readonly atEnd = signal(false);
  readonly isAtEnd = this.atEnd.asReadonly();

  private anchor: Anchor | null = null;
  private knownTop = 0;
  private isOpened = false;

  constructor() {
    afterRenderEffect(() => {
      if (this.rows().length > 0) this.settle();
    });
    const resizes = new ResizeObserver(() => {
      if (this.isOpened) this.settle();
    });
    afterNextRender(() => {
      resizes.observe(this.scroller);
      for (const child of this.scroller.children) resizes.observe(child);
    });
    inject(DestroyRef).onDestroy(() => {
      resizes.disconnect();
    });
  }

  toEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.onScroll();
  }

  protected onScroll(): void {
    if (!this.isOpened) return;
    const { scrollTop, clientHeight } = this.scroller;
    this.atEnd.set(this.distanceToEnd() <= END_TOLERANCE_PX);
    this.anchor = this.firstVisible();
    this.knownTop = scrollTop;
    if (scrollTop < clientHeight * SCREENS_AHEAD) this.nearStart.emit();
  }

  /**
   * After a change of layout: to the end, or back to the line that was being read. A scroll the browser
   * has not told of yet counts: whoever has just left the end is not taken back.
   */
  private settle(): void {
    const moved = this.scroller.scrollTop - this.knownTop;
    const isLeaving = moved < -END_TOLERANCE_PX && this.distanceToEnd() > 1;
    if (!this.isOpened) this.openThread();
    else if (this.atEnd() && !isLeaving) this.scroller.scrollTop = this.scroller.scrollHeight;
    else if (this.anchor?.element.isConnected) {
      this.scroller.scrollTop += this.topOf(this.anchor.element) - this.anchor.top + moved;
    }
    this.onScroll();
  }

  private distanceToEnd(): number {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  private openThread(): void {
    this.isOpened = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    const start = this.scroller.querySelector('[data-open-here]');
    if (start) this.scroller.scrollTop += Math.min(0, this.topOf(start) - OPENING_MARGIN_PX);
  }

  private topOf(element: Element): number {
    return element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
  }

  /** The uppermost line in view; lines lie in order, so halving finds it. */
  private firstVisible(): Anchor | null {
    const lines = this.scroller.querySelectorAll('[data-key]');
    let [low, high] = [0, lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const line = lines[middle];
      const isAbove = line ? this.topOf(line) + line.clientHeight <= 0 : false;
      if (isAbove) low = middle + 1;
      else high = middle;
    }
    const element = lines[low];
    return element ? { element, top: this.topOf(element) } : null;
  }
}
