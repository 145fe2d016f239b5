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
import { I18n } from '../i18n/i18n';
import { IconComponent } from '../icon/icon.component';
import { formatExact, formatTime } from '../time/intl-format';
import { MessageStatusComponent } from './message-status.component';
import { MessageTextComponent } from './message-text.component';
import type { MessageView } from './message-view';

/**
 * One message: bubble, state and what can be done with it. It is one stop for the arrow keys
 * (`isActive` makes it the stop for Tab); only then are its actions in the order of Tab.
 */
@Component({
  selector: 'sc-message-bubble',
  imports: [IconComponent, MessageStatusComponent, MessageTextComponent],
  host: {
    '[class]': 'classes()',
    '(pointerenter)': 'isPointedAt.set(true)',
    '(pointerleave)': 'isPointedAt.set(false)',
  },
  templateUrl: './message-bubble.component.html',
  styleUrl: './message-bubble.component.css',
})
export class MessageBubbleComponent {
  protected readonly i18n = inject(I18n);
  private readonly article = viewChild.required<ElementRef<HTMLElement>>('article');

  readonly message = input.required<MessageView>();
  readonly isActive = input(false);

  readonly copyText = output();
  readonly retry = output();
  readonly delete = output();

  protected readonly isPointedAt = signal(false);
  /** Drawn only where they can be used: a long thread has thousands of messages. */
  protected readonly showsActions = computed(
    () => this.isFailed() || this.isActive() || this.isPointedAt(),
  );
  protected readonly isFailed = computed(() => this.message().state === 'failed');
  protected readonly id = computed(() => `message-${this.message().key}`);
  protected readonly time = computed(() => formatTime(this.message().at, this.i18n.locale()));
  protected readonly exact = computed(() => formatExact(this.message().at, this.i18n.locale()));
  protected readonly tabIndex = computed(() => (this.isActive() ? 0 : -1));
  protected readonly author = computed(() => {
    const { side, authorName } = this.message();
    return side === 'own' ? this.i18n.t('message.you') : authorName;
  });

  protected readonly classes = computed(() => {
    const { side, startsGroup, endsGroup, state, attachment } = this.message();
    const position = `${startsGroup ? 'starts' : ''} ${endsGroup ? 'ends' : ''} ${attachment ? 'filed' : ''}`;
    return `${side} ${position} ${state ?? ''}`;
  });

  focus(): void {
    this.article().nativeElement.focus({ preventScroll: true });
    this.article().nativeElement.scrollIntoView({ block: 'nearest' });
  }

  /** From the message to its first action; the message must be the active one. */
  protected focusActions(event: Event): void {
    if (event.target !== this.article().nativeElement) return;
    event.preventDefault();
    this.article().nativeElement.querySelector('button')?.focus();
  }
}
