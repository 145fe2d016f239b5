import {
  type Binding,
  Component,
  DestroyRef,
  type Type,
  ViewContainerRef,
  afterNextRender,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { I18n } from '../i18n/i18n';

/** A component that was fetched, and what is bound to it. */
export interface LazyPart {
  type: Type<unknown>;
  bindings: Binding[];
}

/**
 * Shows a component that is fetched once this is there; says so when it cannot be had. Instead of
 * `@defer`, whose machinery would be a twentieth of what a page loads at first.
 */
@Component({
  selector: 'sc-lazy-part',
  template: `
    <ng-container #place />
    @switch (state()) {
      @case ('loading') {
        <span class="sc-visually-hidden">{{ i18n.t('app.loading') }}</span>
      }
      @case ('failed') {
        <p class="sc-field__error" role="alert">{{ i18n.t('problem.unreachable') }}</p>
      }
    }
  `,
})
export class LazyPartComponent {
  protected readonly i18n = inject(I18n);
  private readonly place = viewChild.required('place', { read: ViewContainerRef });
  private isGone = false;

  readonly load = input.required<() => Promise<LazyPart>>();

  protected readonly state = signal<'loading' | 'shown' | 'failed'>('loading');

  constructor() {
    inject(DestroyRef).onDestroy(() => (this.isGone = true));
    afterNextRender(() => void this.show());
  }

  private async show(): Promise<void> {
    const part = await this.load()().catch(() => null);
    if (this.isGone) return;
    this.state.set(part ? 'shown' : 'failed');
    if (part) this.place().createComponent(part.type, { bindings: part.bindings });
  }
}
