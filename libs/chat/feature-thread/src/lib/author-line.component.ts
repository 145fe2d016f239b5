import { Component, input } from '@angular/core';
import { AvatarComponent, type MessageView, TimeComponent } from '@support-chat/ui';

/**
 * Who wrote the messages below, and when; one's own need no name. For the eye: to screen readers
 * each message names its author and time by itself.
 */
@Component({
  selector: 'sc-author-line',
  imports: [AvatarComponent, TimeComponent],
  host: { 'aria-hidden': 'true', '[class]': 'side()' },
  template: `
    @if (side() === 'other') {
      <sc-avatar [name]="name()" [seed]="seed()" />
    }
    @if (side() !== 'own') {
      <strong dir="auto">{{ name() }}</strong>
    }
    <sc-time [at]="at()" [attr.data-align]="side() === 'other' ? null : 'end'" />
  `,
  styles: `
    :host {
      --sc-avatar-size: 1.75rem;
      display: flex;
      align-items: center;
      gap: var(--sc-space-2);
      margin-block: var(--sc-space-4) var(--sc-space-1);
      color: var(--sc-color-muted);
      font-size: var(--sc-text-xs);
      line-height: 1.25rem;
    }

    :host(.own),
    :host(.team) {
      justify-content: flex-end;
    }

    strong {
      min-inline-size: 0;
      overflow: hidden;
      color: var(--sc-color-text);
      font-size: var(--sc-text-sm);
      font-weight: var(--sc-weight-bold);
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
})
export class AuthorLineComponent {
  readonly name = input.required<string>();
  readonly seed = input.required<number>();
  readonly side = input.required<MessageView['side']>();
  /** RFC 3339. */
  readonly at = input.required<string>();
}
