import { Component, computed, input } from '@angular/core';
import { linkTokens } from './link-tokens';

/** A message as it was typed: text only, line breaks kept, its own direction, addresses as safe links. */
@Component({
  selector: 'sc-message-text',
  host: { dir: 'auto' },
  // The text is bound, not interpolated: white space of this template would show in the message.
  template: `
    @for (token of tokens(); track $index) {
      @if (token.href) {
        <a
          [href]="token.href"
          [textContent]="token.text"
          target="_blank"
          rel="noopener noreferrer"
        ></a>
      } @else {
        <span [textContent]="token.text"></span>
      }
    }
  `,
  styles: `
    :host {
      display: block;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      text-align: start;
      /* Each line reads in its own direction, whatever the first one says. */
      unicode-bidi: plaintext;
    }

    a {
      color: inherit;
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }

    a:hover {
      text-decoration-thickness: 2px;
    }

    a:focus-visible {
      outline-color: currentcolor;
    }
  `,
})
export class MessageTextComponent {
  readonly text = input.required<string>();

  protected readonly tokens = computed(() => linkTokens(this.text()));
}
