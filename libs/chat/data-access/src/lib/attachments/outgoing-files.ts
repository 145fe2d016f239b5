import { Service, inject } from '@angular/core';
import { ATTACHMENT_ENDINGS, type AttachmentPolicy, LIMITS } from '@support-chat/contracts';
import { type Observable, defer, finalize, from, of } from 'rxjs';
import { isAnimated } from './animated-image';
import { type Refusal, checkFile, isImageType } from './file-check';
import { ImageChoice } from './image-choice';
import { ImageScaler, type ImageSize } from './image-scaler';

/** What counts on a slow line is bytes: below this there is little to save. */
const LARGE_BYTES = 1024 * 1024;
/** Drawing an image anew costs a little sharpness, so by choice it has to pay. */
const SHARE_MAX = 0.9;
/** 400 MB while it is drawn: more would end the page on many phones. */
const DRAWN_PIXELS_MAX = 100_000_000;
/** What is tried, of the usual size, to get an image below the limit. */
const PARTS = [1, 0.5];

/** What goes to the server for a file that was chosen. */
export interface OutgoingFile {
  file: File;
  /** Why it is smaller than what was chosen; null for the file as it is. */
  smaller: 'chosen' | 'limit' | null;
  /** Why it need not be uploaded after all. */
  refusal: Refusal | null;
}

/** A large image goes out smaller or as it is, as the person likes, unless it is too large as it is. */
export function hasSizeChoice(file: File, policy: AttachmentPolicy): boolean {
  return isLargeImage(file) && file.size <= policy.max_bytes;
}

/**
 * Makes images smaller before they are uploaded: large ones where the viewer chose so, and whatever
 * the server would not take as it is. What cannot be made smaller goes as it is, or is refused.
 */
@Service()
export class OutgoingFiles {
  private readonly choice = inject(ImageChoice);
  private readonly scaler = inject(ImageScaler);

  /** Why a file can never be sent; an image that is too large perhaps can. */
  refusalOf(file: File, policy: AttachmentPolicy): Refusal | null {
    const refusal = checkFile(file, policy);
    return refusal === 'size' && isImageType(file.type) ? null : refusal;
  }

  /** Never fails; at once for whatever is no image. Nothing more is drawn for who is gone. */
  prepare(file: File, policy: AttachmentPolicy): Observable<OutgoingFile> {
    if (!isImageType(file.type)) return of(asItIs(file, policy));
    return defer(() => {
      const ending = new AbortController();
      return from(this.fit(file, policy, ending.signal)).pipe(
        finalize(() => {
          ending.abort();
        }),
      );
    });
  }

  private async fit(
    file: File,
    policy: AttachmentPolicy,
    signal: AbortSignal,
  ): Promise<OutgoingFile> {
    const isChosen = this.choice.isSmaller() && isLargeImage(file);
    // Whether it is an image at all, the server finds out.
    const size = await this.scaler.sizeOf(file).catch(() => null);
    const isBeyond = size !== null && hasTooManyPixels(size);
    const isTooLarge = isBeyond || file.size > policy.max_bytes;
    const canDraw = size !== null && size.width * size.height <= DRAWN_PIXELS_MAX;
    if (canDraw && (isTooLarge || isChosen)) {
      const smaller = await this.shrink(file, policy, isTooLarge, signal);
      const reason = isTooLarge ? 'limit' : 'chosen';
      if (smaller) return { file: smaller, smaller: reason, refusal: null };
    }
    const whole = asItIs(file, policy);
    return isBeyond ? { ...whole, refusal: whole.refusal ?? 'pixels' } : whole;
  }

  /** Null where it cannot be drawn, would not pass, or by choice alone, saves next to nothing. */
  private async shrink(
    file: File,
    policy: AttachmentPolicy,
    isTooLarge: boolean,
    signal: AbortSignal,
  ): Promise<File | null> {
    for (const part of isTooLarge ? PARTS : [1]) {
      const drawn = await this.draw(file, typeFor(file, policy), part, signal);
      if (!drawn || (!isTooLarge && drawn.size > file.size * SHARE_MAX)) return null;
      const smaller = new File([drawn], nameFor(file.name, drawn.type), { type: drawn.type });
      if (checkFile(smaller, policy) === null) return smaller;
    }
    return null;
  }

  /** Null for what moves, and for what the browser cannot read: the server says what is wrong with it. */
  private async draw(
    file: File,
    type: string,
    part: number,
    signal: AbortSignal,
  ): Promise<Blob | null> {
    try {
      return (await isAnimated(file)) ? null : await this.scaler.scale(file, type, part, signal);
    } catch {
      return null;
    }
  }
}

function asItIs(file: File, policy: AttachmentPolicy): OutgoingFile {
  return { file, smaller: null, refusal: checkFile(file, policy) };
}

function hasTooManyPixels({ width, height }: ImageSize): boolean {
  const { imagePixelsMax: most, imageSideMax: side } = LIMITS;
  return width > side || height > side || width * height > most;
}

function isLargeImage({ type, size }: File): boolean {
  return isImageType(type) && size > LARGE_BYTES;
}

/** Photographs stay JPEG; what may be transparent becomes WebP, which is far smaller than PNG. */
function typeFor({ type }: File, { allowed_types: allowed }: AttachmentPolicy): string {
  return type === 'image/jpeg' || !allowed.includes('image/webp') ? type : 'image/webp';
}

function nameFor(name: string, type: string): string {
  const endings = Object.entries(ATTACHMENT_ENDINGS).find(([known]) => known === type)?.[1] ?? [];
  const [, stem = name, ending = ''] = /^(.+)\.([^.]*)$/.exec(name) ?? [];
  return endings.includes(ending.toLowerCase()) ? name : `${stem}.${endings[0] ?? ending}`;
}
