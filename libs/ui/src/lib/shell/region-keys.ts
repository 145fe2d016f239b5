import { DOCUMENT, Service, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter, fromEvent } from 'rxjs';

const FOCUSABLE = '[tabindex="0"], a[href], button, input, select, textarea';

/**
 * F6 goes from one region of the page to the next, Shift+F6 back. A region is any element with
 * `data-region`; the focus goes to the first thing in it that takes it.
 */
@Service()
export class RegionKeys {
  private readonly document = inject(DOCUMENT);

  constructor() {
    fromEvent<KeyboardEvent>(this.document, 'keydown')
      .pipe(
        filter(({ key }) => key === 'F6'),
        takeUntilDestroyed(),
      )
      .subscribe((event) => {
        event.preventDefault();
        this.move(event.shiftKey ? -1 : 1);
      });
  }

  private move(step: 1 | -1): void {
    const doors = Array.from(this.document.querySelectorAll('[data-region]'))
      .map((region) => ({ region, door: firstFocusable(region) }))
      .filter(({ door }) => door !== undefined);
    const here = doors.findIndex(({ region }) => region.contains(this.document.activeElement));
    const next = here < 0 && step < 0 ? doors.length - 1 : here + step;
    doors.at(next % doors.length)?.door?.focus();
  }
}

function firstFocusable(region: Element): HTMLElement | undefined {
  return Array.from(region.querySelectorAll<HTMLElement>(FOCUSABLE)).find(
    (element) => element.checkVisibility() && !element.matches(':disabled, [tabindex="-1"]'),
  );
}
