import { Component, Injector, afterNextRender, inject, input, output } from '@angular/core';

let instances = 0;

/** Something that is on or off at once, with its name and, below, what it does. */
@Component({
  selector: 'sc-switch',
  template: `
    <label>
      <span>{{ label() }}</span>
      <input
        #box
        type="checkbox"
        role="switch"
        [checked]="isOn()"
        [disabled]="isDisabled()"
        [attr.aria-describedby]="hint() ? id : null"
        (change)="ask(box)"
      />
    </label>
    @if (hint()) {
      <p class="sc-field__hint" [id]="id">{{ hint() }}</p>
    }
  `,
  styleUrl: './switch.component.css',
})
export class SwitchComponent {
  private readonly injector = inject(Injector);

  readonly label = input.required<string>();
  readonly hint = input('');
  readonly isOn = input.required<boolean>();
  readonly isDisabled = input(false);
  /** What is wanted; it goes back unless `isOn` says so, too. */
  readonly wanted = output<boolean>();

  protected readonly id = `switch-${(instances += 1)}-hint`;

  protected ask(box: HTMLInputElement): void {
    this.wanted.emit(box.checked);
    afterNextRender({ write: () => (box.checked = this.isOn()) }, { injector: this.injector });
  }
}
