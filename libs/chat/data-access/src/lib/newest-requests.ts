import { Service } from '@angular/core';
import { Subject } from 'rxjs';

/** From elsewhere on the page: the thread that shows a conversation is to show its newest message. */
@Service()
export class NewestRequests {
  private readonly asks = new Subject<number>();

  /** Ids of conversations. */
  readonly asked$ = this.asks.asObservable();

  ask(conversationId: number): void {
    this.asks.next(conversationId);
  }
}
