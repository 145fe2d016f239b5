import { Component, input } from '@angular/core';

/** Whether somebody is there, in the words put into it; the mark beside them is full or hollow. */
@Component({
  selector: 'sc-presence',
  host: { '[class.online]': 'isOnline()' },
  template: `<span class="mark"></span><span class="words"><ng-content /></span>`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: var(--sc-space-2);
      min-inline-size: 0;
      color: var(--sc-color-muted);
      font-size: var(--sc-text-sm);
      line-height: 1.25rem;
    }

    .mark {
      flex: none;
      box-sizing: border-box;
      inline-size: 0.5rem;
      block-size: 0.5rem;
      border: 2px solid var(--sc-color-control);
      border-radius: 50%;
    }

    :host(.online) .mark {
      border: 4px solid var(--sc-color-accent);
    }

    .words {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
})
export class PresenceComponent {
  readonly isOnline = input.required<boolean>();
}
