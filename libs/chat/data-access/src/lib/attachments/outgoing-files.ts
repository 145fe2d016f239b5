import { Service, inject } from '@angular/core';
import { ATTACHMENT_ENDINGS, type AttachmentPolicy, LIMITS } from '@support-chat/contracts';
import { type Observable, from, of } from 'rxjs';
import { isAnimated } from './animated-image';
import { type Refusal, checkFile, isImageType } from './file-check';
import { ImageChoice } from './image-choice';
import { ImageScaler } from './image-scaler';

/** What counts on a slow line is bytes: below this there is little to save. */
const LARGE_BYTES = 1024 * 1024;
/** Drawing an image anew costs a little sharpness, so it has to pay. */
const SHARE_MAX = 0.9;

/** What goes to the server for a file that was chosen. */
export interface OutgoingFile {
  file: File;
  /** Why it is smaller than what was chosen; null for the file as it is. */
  smaller: 'chosen' | 'limit' | null;
}

/** A large image goes out smaller or as it is, as the person likes, unless it is too large as it is. */
export function hasSizeChoice(file: File, policy: AttachmentPolicy): boolean {
  return isLargeImage(file) && file.size <= policy.max_bytes;
}

/**
 * Makes large images smaller before they are uploaded: where the viewer chose so, and where the
 * server would not take them as they are. What cannot be made smaller goes as it is.
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

  /** Never fails; at once for whatever stays as it is. */
  prepare(file: File, policy: AttachmentPolicy): Observable<OutgoingFile> {
    const isTooLong = isImageType(file.type) && file.size > policy.max_bytes;
    if (!isTooLong && !isLargeImage(file)) return of({ file, smaller: null });
    return from(this.fit(file, policy, isTooLong));
  }

  private async fit(
    file: File,
    policy: AttachmentPolicy,
    isTooLong: boolean,
  ): Promise<OutgoingFile> {
    const isChosen = this.choice.isSmaller();
    const isTooLarge = isTooLong || (!isChosen && (await this.hasTooManyPixels(file)));
    const smaller = isChosen || isTooLarge ? await this.shrink(file, policy) : null;
    if (!smaller) return { file, smaller: null };
    return { file: smaller, smaller: isTooLarge ? 'limit' : 'chosen' };
  }

  private async hasTooManyPixels(file: File): Promise<boolean> {
    // Whether it is an image at all, the server finds out.
    const pixels = await this.scaler.pixelsOf(file).catch(() => 0);
    return pixels > LIMITS.imagePixelsMax;
  }

  /** Null where it cannot be drawn, would not pass, or would save next to nothing. */
  private async shrink(file: File, policy: AttachmentPolicy): Promise<File | null> {
    const drawn = await this.draw(file, typeFor(file, policy));
    if (!drawn || drawn.size > file.size * SHARE_MAX) return null;
    const smaller = new File([drawn], nameFor(file.name, drawn.type), { type: drawn.type });
    return checkFile(smaller, policy) === null ? smaller : null;
  }

  /** Null for what moves, and for what the browser cannot read: the server says what is wrong with it. */
  private async draw(file: File, type: string): Promise<Blob | null> {
    try {
      return (await isAnimated(file)) ? null : await this.scaler.scale(file, type);
    } catch {
      return null;
    }
  }
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
