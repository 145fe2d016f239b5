import { Component, inject, input, output } from '@angular/core';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';

let instances = 0;

/** Opens the device's choice of files, several at once; says before what may be chosen. */
@Component({
  selector: 'sc-attach-button',
  imports: [IconComponent],
  template: `
    <button
      type="button"
      class="sc-button sc-button--quiet sc-button--icon"
      [attr.aria-label]="i18n.t('attachment.attach')"
      [attr.aria-describedby]="hint() ? id : null"
      [title]="hint()"
      (click)="chooser.click()"
    >
      <sc-icon name="clip" />
    </button>
    <input #chooser type="file" multiple hidden [accept]="accept()" (change)="choose(chooser)" />
    <span hidden [id]="id">{{ hint() }}</span>
  `,
  styles: `
    :host {
      display: block;
      flex: none;
    }

    button {
      border-radius: 50%;
    }
  `,
})
export class AttachButtonComponent {
  protected readonly i18n = inject(I18n);

  /** As of the `accept` attribute. */
  readonly accept = input('');
  /** Which files, and how large. */
  readonly hint = input('');
  readonly chosen = output<File[]>();

  protected readonly id = `attach-hint-${(instances += 1)}`;

  protected choose(chooser: HTMLInputElement): void {
    this.chosen.emit([...(chooser.files ?? [])]);
    chooser.value = ''; // So that the same file can be chosen again.
  }
}
