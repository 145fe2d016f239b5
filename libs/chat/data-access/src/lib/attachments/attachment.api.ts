import { HttpClient, HttpErrorResponse, HttpResponse } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { API_ROUTES, type AttachmentLink, type AttachmentPolicy } from '@support-chat/contracts';
import { type Observable, catchError, mergeMap, switchMap, throwError, timeout } from 'rxjs';
import { CHAT_ACCESS, type SocketToken } from '../socket/chat-access';
import { type UploadEvent, xhrUpload } from './xhr-upload';

const SILENCE_MAX_MS = 60_000;

/** The calls of the API about files, one method each. */
@Service()
export class AttachmentApi {
  private readonly http = inject(HttpClient);
  private readonly access = inject(CHAT_ACCESS);

  policy(): Observable<AttachmentPolicy> {
    return this.http.get<AttachmentPolicy>(API_ROUTES.attachmentPolicy);
  }

  /** Stages a file. Like every call it is made once more, renewed, when its token is refused. */
  upload(conversationId: number, file: File): Observable<UploadEvent> {
    const url = API_ROUTES.uploads(conversationId);
    const attempt = ({ value }: SocketToken) => xhrUpload(url, file, value);
    return this.access.current().pipe(
      switchMap((first) =>
        attempt(first).pipe(
          catchError((error: unknown) => {
            const isRefused = error instanceof HttpErrorResponse && error.status === 401;
            if (!isRefused) return throwError(() => error);
            this.access.refused(first.value);
            return this.access.current().pipe(switchMap(attempt));
          }),
        ),
      ),
    );
  }

  /** Takes back what was uploaded and not sent. */
  remove(id: number): Observable<null> {
    return this.http.delete<null>(API_ROUTES.attachment(id));
  }

  content(id: number): Observable<Blob> {
    return this.download(API_ROUTES.attachmentContent(id));
  }

  thumbnail(id: number): Observable<Blob> {
    return this.download(API_ROUTES.attachmentThumbnail(id));
  }

  /** For the browser to download by itself, without our header. */
  link(id: number): Observable<AttachmentLink> {
    return this.http.post<AttachmentLink>(API_ROUTES.attachmentLink(id), {});
  }

  /** Takes as long as it has to, but fails where nothing more comes. */
  private download(url: string): Observable<Blob> {
    const options = { responseType: 'blob', observe: 'events', reportProgress: true } as const;
    return this.http.get(url, options).pipe(
      timeout(SILENCE_MAX_MS),
      mergeMap((event) => (event instanceof HttpResponse && event.body ? [event.body] : [])),
    );
  }
}
