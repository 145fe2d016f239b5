import { APP_BASE_HREF } from '@angular/common';
import { DOCUMENT, Service, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { NewestRequests, PushWorker } from '@support-chat/chat-data-access';
import type { PushPayload } from '@support-chat/contracts';
import {
  EMPTY,
  type Observable,
  defer,
  filter,
  fromEvent,
  map,
  merge,
  of,
  switchMap,
  take,
  takeUntil,
  timer,
} from 'rxjs';

/** The worker brings one tab to the front, and tells all: who is not there by then is not meant. */
const IN_FRONT_WITHIN_MS = 2_000;

/**
 * Opens what a pressed push tells of, in the tab that the press brought to the front: without a
 * new load, so that nothing on its way there is lost. What is not of this app is left alone.
 */
@Service()
export class PushPresses {
  private readonly document = inject(DOCUMENT);
  private readonly window = this.document.defaultView;
  private readonly base = inject(APP_BASE_HREF);
  private readonly newest = inject(NewestRequests);
  private readonly router = inject(Router);

  constructor() {
    inject(PushWorker)
      .told$.pipe(
        filter(({ type }) => type === 'NOTIFICATION_CLICK'),
        map(({ data }) => data.notification.data),
        switchMap((pressed) => this.inFront().pipe(map(() => pressed))),
        takeUntilDestroyed(),
      )
      .subscribe((pressed) => {
        this.open(pressed);
      });
  }

  /** Tells once, or ends. */
  private inFront(): Observable<unknown> {
    const now = defer(() => (this.document.hasFocus() ? of(true) : EMPTY));
    const soon = this.window ? fromEvent(this.window, 'focus') : EMPTY;
    return merge(now, soon).pipe(take(1), takeUntil(timer(IN_FRONT_WITHIN_MS)));
  }

  private open({ onActionClick, conversation_id: id }: PushPayload['notification']['data']): void {
    const { origin, pathname } = new URL(onActionClick.default.url, this.document.baseURI);
    const isOwn = pathname === this.base || pathname.startsWith(`${this.base}/`);
    if (origin !== this.document.location.origin || !isOwn) return;
    if (id !== undefined) this.newest.ask(id);
    const path = pathname.slice(this.base.length) || '/';
    // The shell says when it fails.
    void this.router.navigateByUrl(path).catch(() => undefined);
  }
}
