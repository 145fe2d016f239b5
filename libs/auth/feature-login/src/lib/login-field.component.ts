import {
  Component,
  ElementRef,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { I18n } from '@support-chat/ui';

/** One labelled line of the form, with its hint or what is wrong with it. */
@Component({
  selector: 'sc-login-field',
  template: `
    <div class="sc-field">
      <label [for]="id()">{{ label() }}</label>
      <div class="line">
        <input
          #control
          dir="auto"
          autocapitalize="off"
          [id]="id()"
          [name]="name()"
          [type]="isShown() ? 'text' : type()"
          [autocomplete]="autocomplete()"
          [attr.aria-invalid]="error() !== null"
          [attr.aria-describedby]="note() ? id() + '-note' : null"
          (input)="edited.emit()"
        />
        @if (type() === 'password') {
          <button
            type="button"
            class="sc-button sc-button--quiet sc-button--small"
            [attr.aria-label]="i18n.t(isShown() ? 'auth.hidePassword' : 'auth.showPassword')"
            (click)="isShown.set(!isShown())"
          >
            {{ i18n.t(isShown() ? 'auth.hide' : 'auth.show') }}
          </button>
        }
      </div>
      @if (note(); as text) {
        <p [id]="id() + '-note'" [class]="error() ? 'sc-field__error' : 'sc-field__hint'">
          {{ text }}
        </p>
      }
    </div>
  `,
  styleUrl: './login-field.component.css',
})
export class LoginFieldComponent {
  protected readonly i18n = inject(I18n);
  private readonly control = viewChild.required<ElementRef<HTMLInputElement>>('control');

  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly type = input<'text' | 'email' | 'password'>('text');
  readonly autocomplete = input.required<AutoFill>();
  readonly hint = input<string | null>(null);
  readonly error = input<string | null>(null);
  readonly edited = output();

  protected readonly id = computed(() => `sc-login-${this.name()}`);
  protected readonly isShown = signal(false);
  protected readonly note = computed(() => this.error() ?? this.hint());

  focus(): void {
    this.control().nativeElement.focus();
  }
}
