import { Component, computed, input } from '@angular/core';
import { hueOf, initials } from './initials';

/** A person's initials on a colour of their own; decoration, the name stands beside it. */
@Component({
  selector: 'sc-avatar',
  host: { 'aria-hidden': 'true', '[style.--sc-avatar-hue]': 'hue()' },
  template: '{{ text() }}',
  styles: `
    :host {
      --sc-avatar-hue: 180;
      display: inline-flex;
      flex: none;
      align-items: center;
      justify-content: center;
      inline-size: var(--sc-avatar-size, 2.5rem);
      block-size: var(--sc-avatar-size, 2.5rem);
      border-radius: 50%;
      background: light-dark(
        oklch(0.92 0.045 var(--sc-avatar-hue)),
        oklch(0.36 0.055 var(--sc-avatar-hue))
      );
      color: light-dark(
        oklch(0.38 0.09 var(--sc-avatar-hue)),
        oklch(0.92 0.05 var(--sc-avatar-hue))
      );
      font-size: calc(var(--sc-avatar-size, 2.5rem) * 0.36);
      font-weight: var(--sc-weight-bold);
      line-height: 1;
      user-select: none;
    }

    @media (forced-colors: active) {
      :host {
        border: 1px solid CanvasText;
      }
    }
  `,
})
export class AvatarComponent {
  readonly name = input.required<string>();
  /** What the colour depends on; the name where nothing better is known. */
  readonly seed = input<string | number>();

  protected readonly text = computed(() => initials(this.name()));
  protected readonly hue = computed(() => hueOf(String(this.seed() ?? this.name())));
}
