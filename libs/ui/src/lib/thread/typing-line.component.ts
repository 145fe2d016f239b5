import { Component, computed, inject, input } from '@angular/core';
import { I18n } from '../i18n/i18n';

/** Who is writing, in a line that keeps its place while nobody is. Whoever owns it says it aloud. */
@Component({
  selector: 'sc-typing-line',
  host: { 'aria-hidden': 'true' },
  template: `
    @if (words()) {
      <span class="dots"><i></i><i></i><i></i></span><bdi>{{ words() }}</bdi>
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--sc-space-2);
      block-size: 1.5rem;
      padding-inline: var(--sc-space-4);
      color: var(--sc-color-muted);
      font-size: var(--sc-text-sm);
      line-height: 1.5rem;
    }

    bdi {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      animation: appear var(--sc-motion) var(--sc-ease);
    }

    .dots {
      display: inline-flex;
      flex: none;
      gap: 0.1875rem;
    }

    i {
      inline-size: 0.3125rem;
      block-size: 0.3125rem;
      border-radius: 50%;
      background: currentColor;
      animation: breathe 1.2s ease-in-out infinite;
    }

    i:nth-child(2) {
      animation-delay: 0.15s;
    }

    i:nth-child(3) {
      animation-delay: 0.3s;
    }

    @keyframes appear {
      from {
        opacity: 0;
      }
    }

    @keyframes breathe {
      0%,
      60%,
      100% {
        opacity: 0.35;
      }
      30% {
        opacity: 1;
      }
    }

    @media (forced-colors: active) {
      i {
        background: CanvasText;
      }
    }
  `,
})
export class TypingLineComponent {
  private readonly i18n = inject(I18n);

  readonly names = input.required<readonly string[]>();

  protected readonly words = computed(() => typingText(this.i18n, this.names()));
}

/** Empty when nobody writes. */
export function typingText(i18n: I18n, names: readonly string[]): string {
  const [name] = names;
  if (name === undefined) return '';
  return names.length > 1 ? i18n.t('thread.typingMany') : i18n.t('thread.typing', { name });
}
