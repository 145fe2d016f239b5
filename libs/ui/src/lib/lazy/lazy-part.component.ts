import {
  type Binding,
  Component,
  DOCUMENT,
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

/** It could not be had, for now; or not even when asked for again. */
type Failure = 'failed' | 'lost';
type State = 'loading' | 'shown' | Failure;

/**
 * Shows a component that is fetched once this is there. Says so when it cannot be had, and tries again
 * when asked to and when the network is back. What cannot be had with a network either may be of a
 * version that the server no longer has, or a failure that the browser remembers: then a new load
 * helps. Instead of `@defer`, whose machinery would be a twentieth of what a page loads at first.
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
          <button type="button" class="sc-button sc-button--small" (click)="tryAgain()">
            {{ i18n.t('common.retry') }}
          </button>
        </p>
      }
      @case ('lost') {
        <p class="sc-field__error" role="alert">
          {{ i18n.t('app.partFailed') }}
          <button type="button" class="sc-button sc-button--small" (click)="reload()">
            {{ i18n.t('app.reload') }}
          </button>
        </p>
      }
    }
  `,
})
export class LazyPartComponent {
  protected readonly i18n = inject(I18n);
  private readonly place = viewChild.required('place', { read: ViewContainerRef });
  private readonly location = inject(DOCUMENT).location;
  private isGone = false;

  readonly load = input.required<() => Promise<LazyPart>>();
  /** It could not be had, for now. */
  readonly failed = output();

  protected readonly state = signal<State>('loading');

  constructor() {
    inject(DestroyRef).onDestroy(() => (this.isGone = true));
    fromEvent(globalThis, 'online')
      .pipe(takeUntilDestroyed())
      .subscribe(() => {
        const state = this.state();
        if (isFailure(state)) this.retry(state);
      });
    afterNextRender(() => void this.show('failed'));
  }

  protected tryAgain(): void {
    // Without a network a new load would lose the page.
    this.retry(globalThis.navigator.onLine ? 'lost' : 'failed');
  }

  protected reload(): void {
    if (globalThis.navigator.onLine) this.location.reload();
    else this.retry('lost');
  }

  /** @param failure what it is if it fails again */
  private retry(failure: Failure): void {
    // A second press comes before the button has gone.
    if (!isFailure(this.state())) return;
    this.state.set('loading');
    void this.show(failure);
  }

  private async show(failure: Failure): Promise<void> {
    const part = await this.load()().catch(() => null);
    if (this.isGone) return;
    this.state.set(part ? 'shown' : failure);
    if (part) this.place().createComponent(part.type, { bindings: part.bindings });
    else this.failed.emit();
  }
}

function isFailure(state: State): state is Failure {
  return state === 'failed' || state === 'lost';
}
