import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import type { StagedAttachment } from '@support-chat/contracts';
import { Observable } from 'rxjs';

export type UploadEvent =
  { kind: 'progress'; share: number } | { kind: 'stored'; attachment: StagedAttachment };

/**
 * Sends a file as `multipart/form-data` and tells how far it is, which `fetch` cannot. Fails as
 * `HttpClient` does; who unsubscribes cancels it.
 */
export function xhrUpload(url: string, file: File, token: string): Observable<UploadEvent> {
  return new Observable((subscriber) => {
    const request = new XMLHttpRequest();
    const fail = (): void => {
      subscriber.error(errorOf(request, url));
    };
    request.upload.onprogress = ({ loaded, total }) => {
      subscriber.next({ kind: 'progress', share: total > 0 ? loaded / total : 0 });
    };
    request.onerror = fail;
    request.onload = () => {
      const attachment = parse(request.responseText) as StagedAttachment | null;
      if (request.status < 200 || request.status > 299 || attachment === null) {
        fail();
        return;
      }
      subscriber.next({ kind: 'stored', attachment });
      subscriber.complete();
    };
    request.open('POST', url);
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
    return () => {
      request.abort();
    };
  });
}

function errorOf(request: XMLHttpRequest, url: string): HttpErrorResponse {
  const { status, statusText, responseText } = request;
  const headers = new HttpHeaders(request.getAllResponseHeaders());
  return new HttpErrorResponse({ status, statusText, url, headers, error: parse(responseText) });
}

/** Null for what is no JSON: a proxy's page. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
