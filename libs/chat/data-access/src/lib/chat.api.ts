import { HttpClient, type HttpResponse } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import {
  API_ROUTES,
  type Conversation,
  type CursorPage,
  type DeliveredBody,
  LIMITS,
  type MarkMessagesReadBody,
  type MarkedRead,
  type Message,
  type SendMessageBody,
  type UnreadCount,
  type Updates,
} from '@support-chat/contracts';
import { type Observable, map } from 'rxjs';
import { type Tagged, getTagged } from './tagged';

/** The chat calls of the API (contract, sections 3 and 4), one method each. */
@Service()
export class ChatApi {
  private readonly http = inject(HttpClient);

  /** The caller's active conversation or else their latest ended one; made if there was never any. */
  myConversation(): Observable<Conversation> {
    return this.http.get<Conversation>(API_ROUTES.myConversation, { params: { resume: true } });
  }

  conversation(id: number): Observable<Conversation> {
    return this.http.get<Conversation>(API_ROUTES.conversation(id));
  }

  /** Up to `size` messages before a `seq`, newest first. */
  history(id: number, before: number, size: number): Observable<Message[]> {
    const params = { before, page_size: Math.min(size, LIMITS.pageSizeMax) };
    return this.http
      .get<CursorPage<Message>>(API_ROUTES.messages(id), { params })
      .pipe(map(({ results }) => results));
  }

  /** What changed after a revision; null when nothing did. */
  updates(id: number, after: number): Observable<Updates | null> {
    return this.http
      .get<Updates>(API_ROUTES.updates(id), { params: { after }, observe: 'response' })
      .pipe(map((response: HttpResponse<Updates>) => response.body));
  }

  /** Safe to repeat with the same `client_message_id`. */
  send(id: number, body: SendMessageBody): Observable<Message> {
    return this.http.post<Message>(API_ROUTES.messages(id), body);
  }

  markRead(body: MarkMessagesReadBody): Observable<MarkedRead> {
    return this.http.post<MarkedRead>(API_ROUTES.markMessagesRead, body);
  }

  delivered(id: number, body: DeliveredBody): Observable<null> {
    return this.http.post<null>(API_ROUTES.delivered(id), body);
  }

  /** Null when it is the same as under `etag`. */
  unreadCount(etag: string | null): Observable<Tagged<UnreadCount> | null> {
    return getTagged<UnreadCount>(this.http, API_ROUTES.unreadCount, {}, etag);
  }
}
