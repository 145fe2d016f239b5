import { Component, computed, input } from '@angular/core';
import { DIRECTIONAL_ICONS, ICON_PATHS, IconName } from './icon-paths';

/** One line icon; decoration only, so whoever uses it gives the words. */
@Component({
  selector: 'sc-icon',
  template: `
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" [class.mirrored]="isMirrored()">
      <path [attr.d]="path()" />
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      inline-size: var(--sc-icon-size, 1.25rem);
      block-size: var(--sc-icon-size, 1.25rem);
    }

    svg {
      inline-size: 100%;
      block-size: 100%;
      fill: none;
      stroke: currentcolor;
      stroke-width: var(--sc-icon-stroke, 1.75);
      stroke-linecap: round;
      stroke-linejoin: round;
    }

    .mirrored:dir(rtl) {
      transform: scaleX(-1);
    }
  `,
})
export class IconComponent {
  readonly name = input.required<IconName>();

  protected readonly path = computed(() => ICON_PATHS[this.name()]);
  protected readonly isMirrored = computed(() => DIRECTIONAL_ICONS.includes(this.name()));
}
