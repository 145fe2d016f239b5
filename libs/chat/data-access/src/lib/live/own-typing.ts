import { DestroyRef, type Signal, inject } from '@angular/core';
import { SOCKET_LIMITS } from '@support-chat/contracts';
import { ChatSocket } from '../socket/chat.socket';

/** Tells the others that the viewer writes, never more often than they are told. */
export class OwnTyping {
  private readonly socket = inject(ChatSocket);
  private toldAt = 0;
  /** A message went out since, and with it the others' sign that its writer writes. */
  private isForgotten = false;
  private later: ReturnType<typeof setTimeout> | undefined;

  /** Made in an injection context. */
  constructor(private readonly conversationId: Signal<number | null>) {
    inject(DestroyRef).onDestroy(() => {
      this.stop();
    });
  }

  /** Call at every key. */
  write(): void {
    const wait = this.toldAt + SOCKET_LIMITS.typingEveryMs - Date.now();
    if (wait <= 0) this.tell();
    else if (this.isForgotten) {
      this.later ??= setTimeout(() => {
        this.tell();
      }, wait);
    }
  }

  /** The message is on its way. */
  sent(): void {
    this.isForgotten = true;
    this.stop();
  }

  private tell(): void {
    this.stop();
    this.toldAt = Date.now();
    this.isForgotten = false;
    const id = this.conversationId();
    if (id !== null) this.socket.typing(id);
  }

  private stop(): void {
    clearTimeout(this.later);
    this.later = undefined;
  }
}
