import { Component, input } from '@angular/core';
import { IconComponent } from '../icon/icon.component';
import type { IconName } from '../icon/icon-paths';

/** Says why there is nothing yet and what to do next; steps and buttons come as content. */
@Component({
  selector: 'sc-empty-state',
  imports: [IconComponent],
  template: `
    <span class="disc"><sc-icon [name]="icon()" /></span>
    <h2>{{ heading() }}</h2>
    @if (text()) {
      <p>{{ text() }}</p>
    }
    <ng-content />
  `,
  styleUrl: './state.css',
})
export class EmptyStateComponent {
  readonly icon = input<IconName>('chat');
  readonly heading = input.required<string>();
  readonly text = input('');
}
