import { DestroyRef, Service, inject } from '@angular/core';
import { openTabChannel } from '@support-chat/contracts';
import { Subject } from 'rxjs';
import { APP_NAME } from './app-name';

export type SessionNews = 'signed-in' | 'signed-out';

/** Tells the other tabs of the same app that the session began or ended. */
@Service()
export class SessionChannel {
  private readonly channel = openTabChannel<SessionNews>(`sc.session.${inject(APP_NAME)}`);
  private readonly news = new Subject<SessionNews>();

  readonly news$ = this.news.asObservable();

  constructor() {
    this.channel.onmessage = ({ data }) => {
      this.news.next(data);
    };
    inject(DestroyRef).onDestroy(() => {
      this.channel.close();
    });
  }

  tell(news: SessionNews): void {
    this.channel.postMessage(news);
  }
}
