import { DestroyRef, Service, inject } from '@angular/core';
import { EMPTY, type Observable, fromEvent, map } from 'rxjs';
import { APP_NAME } from './app-name';

export type SessionNews = 'signed-in' | 'signed-out';

/** Tells the other tabs of the same app that the session began or ended. */
@Service()
export class SessionChannel {
  private readonly channel = openChannel(`sc.session.${inject(APP_NAME)}`);

  readonly news$: Observable<SessionNews> = this.channel
    ? fromEvent<MessageEvent<SessionNews>>(this.channel, 'message').pipe(map(({ data }) => data))
    : EMPTY;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.channel?.close());
  }

  tell(news: SessionNews): void {
    this.channel?.postMessage(news);
  }
}

/** Null where the person blocks site data and the browser refuses channels with it. */
function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
