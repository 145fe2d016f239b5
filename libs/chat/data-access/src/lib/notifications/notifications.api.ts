import { HttpClient } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import {
  ANSWER_WITHIN_MS,
  API_ROUTES,
  type LatestUnread,
  type NotificationChannels,
  type NotificationPreferences,
  type NotificationPreferencesBody,
  type PushEndpointBody,
  type PushSubscriptionBody,
} from '@support-chat/contracts';
import { type Observable, timeout } from 'rxjs';

/** The calls about being told of messages, one method each. */
@Service()
export class NotificationsApi {
  private readonly http = inject(HttpClient);

  latestUnread(): Observable<LatestUnread> {
    return this.http.get<LatestUnread>(API_ROUTES.latestUnread).pipe(timeout(ANSWER_WITHIN_MS));
  }

  channels(): Observable<NotificationChannels> {
    return this.http
      .get<NotificationChannels>(API_ROUTES.notificationChannels)
      .pipe(timeout(ANSWER_WITHIN_MS));
  }

  preferences(): Observable<NotificationPreferences> {
    return this.http
      .get<NotificationPreferences>(API_ROUTES.notificationPreferences)
      .pipe(timeout(ANSWER_WITHIN_MS));
  }

  /** Gives all of them, as they are now. */
  change(body: NotificationPreferencesBody): Observable<NotificationPreferences> {
    return this.http
      .patch<NotificationPreferences>(API_ROUTES.notificationPreferences, body)
      .pipe(timeout(ANSWER_WITHIN_MS));
  }

  /** Adds or renews a device; safe to repeat. */
  subscribe(body: PushSubscriptionBody): Observable<unknown> {
    return this.http.put(API_ROUTES.pushSubscriptions, body).pipe(timeout(ANSWER_WITHIN_MS));
  }

  unsubscribe(body: PushEndpointBody): Observable<unknown> {
    return this.http.delete(API_ROUTES.pushSubscriptions, { body }).pipe(timeout(ANSWER_WITHIN_MS));
  }

  /** Sends a push to this device; answered once its push service took it. */
  testPush(body: PushEndpointBody): Observable<unknown> {
    return this.http.post(API_ROUTES.pushTest, body).pipe(timeout(ANSWER_WITHIN_MS));
  }
}
