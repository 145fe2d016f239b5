import {
  Component,
  DestroyRef,
  ElementRef,
  afterNextRender,
  computed,
  inject,
  input,
  inputBinding,
  output,
  outputBinding,
  signal,
} from '@angular/core';
import type { Attachment } from '@support-chat/contracts';
import { I18n, type LazyPart, LazyPartComponent } from '@support-chat/ui';

/** Very wide and very high images are cut to this, so that they can be seen at all. */
const MOST_RATIO = 3;

/** Keeps the room of a message's file free from the start; what fills it is loaded when it is in view. */
@Component({
  selector: 'sc-attachment-slot',
  imports: [LazyPartComponent],
  host: {
    '[class.image]': 'ratio() !== null',
    '[style.--sc-ratio]': 'ratio()',
    '[style.--sc-own]': 'width()',
  },
  template: `
    @if (isInView()) {
      <sc-lazy-part [load]="part" />
    } @else {
      <span class="sc-visually-hidden">{{ words() }}</span>
    }
  `,
  styles: `
    :host {
      --sc-largest: 20rem;
      display: grid;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
      inline-size: var(--sc-largest);
      max-inline-size: 100%;
      min-block-size: 3.5rem;
      border-radius: calc(var(--sc-radius-lg) - 0.3125rem);
      background: color-mix(in srgb, currentcolor 8%, transparent);
      line-height: 1.25rem;
    }

    :host(.image) {
      inline-size: clamp(
        6rem,
        var(--sc-own) * 1px,
        min(var(--sc-largest), var(--sc-largest) * var(--sc-ratio))
      );
      aspect-ratio: var(--sc-ratio);
    }

    sc-lazy-part {
      display: grid;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
      min-block-size: 0;
      min-inline-size: 0;
    }
  `,
})
export class AttachmentSlotComponent {
  private readonly i18n = inject(I18n);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly attachment = input.required<Attachment>();
  /** Whether Tab stops here. */
  readonly isActive = input(false);
  /** The image is to be seen large. */
  readonly opened = output();

  protected readonly isInView = signal(false);
  protected readonly part = async (): Promise<LazyPart> => ({
    type: (await import('./message-attachment.component')).MessageAttachmentComponent,
    bindings: [
      inputBinding('attachment', this.attachment),
      inputBinding('isActive', this.isActive),
      outputBinding('opened', () => {
        this.opened.emit();
      }),
    ],
  });
  protected readonly width = computed(() => this.attachment().width);
  /** Width by height; null for what is no image. */
  protected readonly ratio = computed(() => {
    const { width, height } = this.attachment();
    if (!width || !height) return null;
    return Math.min(Math.max(width / height, 1 / MOST_RATIO), MOST_RATIO);
  });
  protected readonly words = computed(() =>
    this.i18n.t(this.ratio() === null ? 'attachment.spokenFile' : 'attachment.spokenImage', {
      name: this.attachment().name,
    }),
  );

  constructor() {
    const views = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.isInView.set(true);
      views.disconnect();
    });
    afterNextRender(() => {
      views.observe(this.host);
    });
    inject(DestroyRef).onDestroy(() => {
      views.disconnect();
    });
  }
}
