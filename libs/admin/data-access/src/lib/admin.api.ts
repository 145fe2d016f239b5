import { HttpClient } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import { type Tagged, getTagged } from '@support-chat/chat-data-access';
import {
  API_ROUTES,
  type AttachmentPolicy,
  type Conversation,
  type ConversationListQuery,
  type CursorPage,
} from '@support-chat/contracts';
import type { Observable } from 'rxjs';
import type { InboxFilters } from './inbox-filters';

const PAGE_SIZE = 30;

/** The calls of the API that only admins make, one method each. */
@Service()
export class AdminApi {
  private readonly http = inject(HttpClient);

  /** The top of the list; null when it is the same as under `etag`. */
  list(
    { unread, active, empty, search }: InboxFilters,
    etag: string | null,
  ): Observable<Tagged<CursorPage<Conversation>> | null> {
    const query: ConversationListQuery = {
      cursor: '',
      page_size: PAGE_SIZE,
      ...(unread && { unread }),
      ...(active !== null && { active }),
      ...(!empty && { has_messages: true }),
      ...(search.trim() !== '' && { search: search.trim() }),
    };
    return getTagged(this.http, API_ROUTES.conversations, { ...query }, etag);
  }

  /** The page behind a `next` link. */
  follow(next: string): Observable<CursorPage<Conversation>> {
    return this.http.get<CursorPage<Conversation>>(next);
  }

  /** Ends a conversation; a second time changes nothing. */
  close(id: number): Observable<Conversation> {
    return this.http.post<Conversation>(API_ROUTES.closeConversation(id), {});
  }

  attachmentPolicy(): Observable<AttachmentPolicy> {
    return this.http.get<AttachmentPolicy>(API_ROUTES.attachmentPolicy);
  }

  /** Holds for uploads from now on. */
  changeAttachmentPolicy(policy: AttachmentPolicy): Observable<AttachmentPolicy> {
    return this.http.put<AttachmentPolicy>(API_ROUTES.changeAttachmentPolicy, policy);
  }
}
