import {
  type Binding,
  Component,
  DestroyRef,
  type Type,
  ViewContainerRef,
  afterNextRender,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { fromEvent } from 'rxjs';
import { I18n } from '../i18n/i18n';

/** A component that was fetched, and what is bound to it. */
export interface LazyPart {
  type: Type<unknown>;
  bindings: Binding[];
}

/**
 * Shows a component that is fetched once this is there. Says so when it cannot be had, and tries again
 * when asked to and when the network is back. Instead of `@defer`, whose machinery would be a twentieth
 * of what a page loads at first.
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
        <p class="sc-field__error" role="alert">
          {{ i18n.t('problem.unreachable') }}
          <button type="button" class="sc-button sc-button--small" (click)="retry()">
            {{ i18n.t('common.retry') }}
          </button>
        </p>
      }
    }
  `,
})
export class LazyPartComponent {
  protected readonly i18n = inject(I18n);
  private readonly place = viewChild.required('place', { read: ViewContainerRef });
  private isGone = false;

  readonly load = input.required<() => Promise<LazyPart>>();
  /** It could not be had, for now. */
  readonly failed = output();

  protected readonly state = signal<'loading' | 'shown' | 'failed'>('loading');

  constructor() {
    inject(DestroyRef).onDestroy(() => (this.isGone = true));
    fromEvent(globalThis, 'online')
      .pipe(takeUntilDestroyed())
      .subscribe(() => {
        this.retry();
      });
    afterNextRender(() => void this.show());
  }

  protected retry(): void {
    if (this.state() !== 'failed') return;
    this.state.set('loading');
    void this.show();
  }

  private async show(): Promise<void> {
    const part = await this.load()().catch(() => null);
    if (this.isGone) return;
    this.state.set(part ? 'shown' : 'failed');
    if (part) this.place().createComponent(part.type, { bindings: part.bindings });
    else this.failed.emit();
  }
}
