import { provideHttpClient } from '@angular/common/http';
import {
  HttpTestingController,
  type TestRequest,
  provideHttpClientTesting,
} from '@angular/common/http/testing';
import { type Provider, type WritableSignal, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { Problem } from '@support-chat/contracts';
import { NEVER } from 'rxjs';
import { CHAT_ACCESS } from '../socket/chat-access';
import { CHAT_VIEWER, type Viewer } from '../viewer';

export const USER: Viewer = { id: 1, name: 'user', role: 'user' };
export const ADMIN: Viewer = { id: 2, name: 'admin', role: 'admin' };

export interface ChatTestBed {
  server: HttpTestingController;
  viewer: WritableSignal<Viewer | null>;
}

/**
 * The chat's parts with a server that tests play, and without a socket unless `providers` bring
 * access to one; a second call is a reloaded page.
 */
export function chatTestBed(who: Viewer | null = USER, providers: Provider[] = []): ChatTestBed {
  const viewer = signal(who);
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      { provide: CHAT_VIEWER, useValue: viewer },
      { provide: CHAT_ACCESS, useValue: { current: () => NEVER, refused: () => undefined } },
      providers,
    ],
  });
  return { server: TestBed.inject(HttpTestingController), viewer };
}

/** Answers with a problem document. */
export function refuse(
  request: TestRequest,
  status: number,
  code: Problem['code'],
  headers: Record<string, string> = {},
): void {
  request.flush({ code, instance: 'req-1' }, { status, statusText: code, headers });
}

/** The line is cut. */
export function cut(request: TestRequest): void {
  request.error(new ProgressEvent('error'));
}
