import { Component, computed, inject, input, output } from '@angular/core';
import type { Attachment } from '@support-chat/contracts';
import { I18n } from '@support-chat/ui';
import { MessageAttachmentComponent } from './message-attachment.component';

/** Very wide and very high images are cut to this, so that they can be seen at all. */
const MOST_RATIO = 3;

/** Keeps the room of a message's file free from the start; what fills it is loaded when it is in view. */
@Component({
  selector: 'sc-attachment-slot',
  imports: [MessageAttachmentComponent],
  host: {
    '[class.image]': 'ratio() !== null',
    '[style.--sc-ratio]': 'ratio()',
    '[style.--sc-own]': 'width()',
  },
  template: `
    @defer (on viewport) {
      <sc-message-attachment
        [attachment]="attachment()"
        [isActive]="isActive()"
        (opened)="opened.emit()"
      />
    } @placeholder {
      <span class="room">
        <span class="sc-visually-hidden">{{ words() }}</span>
      </span>
    } @error {
      <span role="alert">{{ attachment().name }}</span>
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

    .room {
      border-radius: calc(var(--sc-radius-lg) - 0.3125rem);
      background: color-mix(in srgb, currentcolor 10%, transparent);
    }
  `,
})
export class AttachmentSlotComponent {
  private readonly i18n = inject(I18n);

  readonly attachment = input.required<Attachment>();
  /** Whether Tab stops here. */
  readonly isActive = input(false);
  /** The image is to be seen large. */
  readonly opened = output();

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
}
