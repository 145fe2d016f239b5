import { Service, inject, untracked } from '@angular/core';
import type { Attachment } from '@support-chat/contracts';
import { type Observable, catchError, shareReplay, throwError } from 'rxjs';
import { CHAT_VIEWER } from '../viewer';
import { AttachmentApi } from './attachment.api';

const THUMBNAILS_KEPT = 200;
/** Up to the limit of an upload each. */
const IMAGES_KEPT = 4;

/** The images of messages, fetched once and kept as long as there is room for them. */
@Service()
export class AttachmentFiles {
  private readonly api = inject(AttachmentApi);
  private readonly viewer = inject(CHAT_VIEWER);
  private readonly thumbnails = new Map<string, Observable<Blob>>();
  private readonly images = new Map<string, Observable<Blob>>();

  /** Small, for the conversation; the whole image where there is no smaller one. */
  thumbnail({ id, has_thumbnail: isThere }: Attachment): Observable<Blob> {
    if (!isThere) return this.image(id);
    return this.keep(this.thumbnails, THUMBNAILS_KEPT, id, this.api.thumbnail(id));
  }

  image(id: number): Observable<Blob> {
    return this.keep(this.images, IMAGES_KEPT, id, this.api.content(id));
  }

  /** What was used longest ago goes first; a failure is not kept. */
  private keep(
    kept: Map<string, Observable<Blob>>,
    most: number,
    id: number,
    fetch: Observable<Blob>,
  ): Observable<Blob> {
    const key = `${untracked(this.viewer)?.id ?? 0}.${id}`;
    const blob =
      kept.get(key) ??
      fetch.pipe(
        catchError((error: unknown) => {
          kept.delete(key);
          return throwError(() => error);
        }),
        shareReplay(1),
      );
    kept.delete(key);
    kept.set(key, blob);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return blob;
  }
}
