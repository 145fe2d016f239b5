import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';

export interface SocketToken {
  value: string;
  /** Milliseconds since 1970; a little before its end. */
  renewAt: number;
}

/** How the socket shows who it is for; provided by the shells from the session. */
export interface ChatAccess {
  /** A token that is good for now; fails while there is none. */
  current(): Observable<SocketToken>;
  /** The server refused this one. */
  refused(value: string): void;
}

export const CHAT_ACCESS = new InjectionToken<ChatAccess>('CHAT_ACCESS');
