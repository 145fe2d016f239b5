import { Component, computed, input } from '@angular/core';

/** Grey shapes of what is being loaded: rows of a list or bubbles of a thread. Silent to screen readers. */
@Component({
  selector: 'sc-skeleton',
  host: { 'aria-hidden': 'true', '[class]': 'shape()' },
  template: `
    @for (index of indexes(); track index) {
      <div class="item">
        <span class="disc"></span>
        <span class="lines"><span class="line"></span><span class="line"></span></span>
      </div>
    }
  `,
  styleUrl: './skeleton.component.css',
})
export class SkeletonComponent {
  readonly shape = input<'rows' | 'bubbles'>('rows');
  readonly count = input(6);

  protected readonly indexes = computed(() => Array.from({ length: this.count() }, (_, i) => i));
}
