import { DestroyRef, Service, inject } from '@angular/core';
import { Observable } from 'rxjs';
import { APP_NAME } from './app-name';

export type SessionNews = 'signed-in' | 'signed-out';

/** Tells the other tabs of the same app that the session began or ended. */
@Service()
export class SessionChannel {
  private readonly channel = new BroadcastChannel(`sc.session.${inject(APP_NAME)}`);

  readonly news$ = new Observable<SessionNews>((subscriber) => {
    const listen = ({ data }: MessageEvent<SessionNews>) => {
      subscriber.next(data);
    };
    this.channel.addEventListener('message', listen);
    return () => {
      this.channel.removeEventListener('message', listen);
    };
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.channel.close();
    });
  }

  tell(news: SessionNews): void {
    this.channel.postMessage(news);
  }
}
