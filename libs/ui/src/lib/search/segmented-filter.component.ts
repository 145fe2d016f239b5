import { Component, input, model } from '@angular/core';

export interface FilterOption<T extends string> {
  value: T;
  label: string;
}

let instances = 0;

/** One choice out of a few, side by side: native radio buttons, so arrows and screen readers just work. */
@Component({
  selector: 'sc-segmented-filter',
  template: `
    <fieldset>
      <legend class="sc-visually-hidden">{{ label() }}</legend>
      @for (option of options(); track option.value) {
        <label>
          <input
            type="radio"
            [name]="name"
            [value]="option.value"
            [checked]="option.value === value()"
            (change)="value.set(option.value)"
          />
          <span>{{ option.label }}</span>
        </label>
      }
    </fieldset>
  `,
  styleUrl: './segmented-filter.component.css',
})
export class SegmentedFilterComponent<T extends string> {
  readonly label = input.required<string>();
  readonly options = input.required<readonly FilterOption<T>[]>();
  readonly value = model.required<T>();

  protected readonly name = `segmented-filter-${(instances += 1)}`;
}
