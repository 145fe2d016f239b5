import {
  Component,
  ElementRef,
  OutputEmitterRef,
  afterNextRender,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { I18n } from '../i18n/i18n';

let instances = 0;

/** Asks before something is done. Open while it exists; Escape, or a press beside it, means no. */
@Component({
  selector: 'sc-confirm-dialog',
  template: `
    <dialog
      #dialog
      [attr.aria-labelledby]="id + '-heading'"
      [attr.aria-describedby]="id + '-text'"
      closedby="any"
      (cancel)="$event.preventDefault(); answer(dismissed)"
    >
      <div class="body">
        <h2 [id]="id + '-heading'">{{ heading() }}</h2>
        <p [id]="id + '-text'">{{ text() }}</p>
        <div class="buttons">
          <button type="button" class="sc-button" (click)="answer(dismissed)">
            {{ i18n.t('common.cancel') }}
          </button>
          <button type="button" class="sc-button sc-button--primary" (click)="answer(confirmed)">
            {{ confirmLabel() }}
          </button>
        </div>
      </div>
    </dialog>
  `,
  styleUrl: './confirm-dialog.component.css',
})
export class ConfirmDialogComponent {
  protected readonly i18n = inject(I18n);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  readonly heading = input.required<string>();
  readonly text = input.required<string>();
  readonly confirmLabel = input.required<string>();
  readonly confirmed = output();
  readonly dismissed = output();

  protected readonly id = `confirm-dialog-${(instances += 1)}`;

  constructor() {
    afterNextRender(() => {
      this.dialog().nativeElement.showModal();
    });
  }

  /** Closed before it goes, so that the browser gives the focus back to where it was. */
  protected answer(way: OutputEmitterRef<void>): void {
    this.dialog().nativeElement.close();
    way.emit();
  }
}
