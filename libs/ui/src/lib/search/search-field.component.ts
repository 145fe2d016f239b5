import { Component, ElementRef, inject, input, model, viewChild } from '@angular/core';
import { LIMITS } from '@support-chat/contracts';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';

/** A search box whose value follows every key; Escape and the button empty it. */
@Component({
  selector: 'sc-search-field',
  imports: [IconComponent],
  host: { role: 'search' },
  template: `
    <sc-icon name="search" />
    <input
      #field
      type="search"
      class="sc-input"
      [attr.dir]="text() ? 'auto' : null"
      autocomplete="off"
      enterkeyhint="search"
      [attr.maxlength]="maxLength"
      [value]="text()"
      [placeholder]="label()"
      [attr.aria-label]="label()"
      (input)="text.set(field.value)"
      (keydown.escape)="clear()"
    />
    @if (text()) {
      <button
        type="button"
        class="sc-button sc-button--quiet sc-button--icon"
        [attr.aria-label]="i18n.t('search.clear')"
        (click)="clear()"
      >
        <sc-icon name="close" />
      </button>
    }
  `,
  styleUrl: './search-field.component.css',
})
export class SearchFieldComponent {
  protected readonly i18n = inject(I18n);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  readonly label = input.required<string>();
  readonly text = model('');

  protected readonly maxLength = LIMITS.searchMaxLength;

  focus(): void {
    this.field().nativeElement.focus();
  }

  protected clear(): void {
    this.text.set('');
    this.focus();
  }
}
