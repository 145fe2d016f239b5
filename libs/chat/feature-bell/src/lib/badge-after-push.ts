import { Service, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { PushWorker, UnreadStore } from '@support-chat/chat-data-access';
import { filter, switchMap, tap, timer } from 'rxjs';
import { TabBadge } from './tab-badge';

/** By then the server has answered, where it answers at all. */
const ANSWERED_MS = 3_000;

/** Puts a number back on the installed app where a push has left its dot, and asks for it first. */
@Service()
export class BadgeAfterPush {
  constructor() {
    const badge = inject(TabBadge);
    const unread = inject(UnreadStore);
    inject(PushWorker)
      .told$.pipe(
        filter(({ type }) => type === 'BADGED'),
        tap(() => {
          unread.refresh();
        }),
        switchMap(() => timer(ANSWERED_MS)),
        filter(() => unread.isKnown()),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        badge.badgeAgain();
      });
  }
}
