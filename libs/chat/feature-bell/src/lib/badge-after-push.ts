import { Service, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { PushWorker } from '@support-chat/chat-data-access';
import { filter } from 'rxjs';
import { TabBadge } from './tab-badge';

/** Puts the number back on the installed app where a push has left its dot: this page knows it. */
@Service()
export class BadgeAfterPush {
  constructor() {
    const badge = inject(TabBadge);
    inject(PushWorker)
      .told$.pipe(
        filter(({ type }) => type === 'BADGED'),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        badge.badgeAgain();
      });
  }
}
