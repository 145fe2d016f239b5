import {
  Component,
  DOCUMENT,
  ElementRef,
  type WritableSignal,
  afterRenderEffect,
  computed,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { LIMITS, codePointLength } from '@support-chat/contracts';
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';

/** From here on the writer is told how much room is left. */
const NEAR_LIMIT = 200;
/** What browsers report instead of a key while an input method composes. */
const COMPOSING_KEY_CODE = 229;

/**
 * Where a message is written. `send` carries text within the limit and without white space around
 * it; the field itself is emptied by whoever owns the draft, once the message is safe.
 */
@Component({
  selector: 'sc-composer',
  imports: [IconComponent],
  templateUrl: './composer.component.html',
  styleUrl: './composer.component.css',
})
export class ComposerComponent {
  protected readonly i18n = inject(I18n);
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  /** Shared with its owner and not copied, so that what is emptied there is empty here at once. */
  readonly draft = input.required<WritableSignal<string>>();
  /** Something else is to be sent, so there may be no text. */
  readonly allowsEmpty = input(false);
  /** A few words below the field, beside the help for it. */
  readonly note = input('');
  readonly send = output<string>();
  /** A key changed the text, and there is some. */
  readonly write = output();
  /** Arrow up in the empty field: into the messages. */
  readonly leave = output();

  protected readonly text = computed(() => this.draft()());
  private readonly trimmed = computed(() => this.text().trim());
  protected readonly left = computed(
    () => LIMITS.messageMaxLength - codePointLength(this.trimmed()),
  );
  protected readonly isTooLong = computed(() => this.left() < 0);
  protected readonly isNearLimit = computed(() => this.left() <= NEAR_LIMIT && !this.isTooLong());
  protected readonly canSend = computed(
    () => (this.trimmed() !== '' || this.allowsEmpty()) && !this.isTooLong(),
  );

  constructor() {
    afterRenderEffect(() => {
      // Read itself: a text written and sent before anything was drawn is a change, though it ends as it began.
      const text = this.draft()();
      const field = this.field().nativeElement;
      if (field.value !== text) field.value = text;
    });
  }

  focus(): void {
    this.field().nativeElement.focus();
  }

  protected onInput(event: Event): void {
    const { value } = event.target as HTMLTextAreaElement;
    this.draft().set(value);
    if (value.trim() !== '') this.write.emit();
  }

  protected onKeydown(event: KeyboardEvent): void {
    if (event.key === 'ArrowUp' && this.text() === '') this.leave.emit();
    if (event.key !== 'Enter' || this.isComposing(event)) return;
    if (event.shiftKey || event.altKey || this.isTouch()) return;
    event.preventDefault();
    this.submit();
  }

  protected submit(): void {
    if (this.canSend()) this.send.emit(this.trimmed());
  }

  /** A press on the button leaves the focus, and so a phone's keyboard, where it is. */
  protected keepFocus(event: Event): void {
    if (this.window?.document.activeElement === this.field().nativeElement) event.preventDefault();
  }

  private isComposing(event: KeyboardEvent): boolean {
    // Safari ends the composition before the Enter that did it: only its key code still tells.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other sign in Safari
    return event.isComposing || event.keyCode === COMPOSING_KEY_CODE;
  }

  /** On-screen keyboards have no Shift+Enter, so there Enter breaks the line. */
  private isTouch(): boolean {
    return this.window?.matchMedia('(pointer: coarse)').matches ?? false;
  }
}
