import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { type ApplicationConfig, inject, provideBrowserGlobalErrorListeners } from '@angular/core';
import {
  provideRouter,
  withComponentInputBinding,
  withNavigationErrorHandler,
} from '@angular/router';
import {
  AccessTokens,
  SIGN_OUT_WORK,
  SessionStore,
  UNSENT_WORK,
  authInterceptor,
  provideSession,
} from '@support-chat/auth-data-access';
import { CHAT_ACCESS, CHAT_VIEWER, PushEnding, UnsentWork } from '@support-chat/chat-data-access';
import { APP_ROUTES } from '@support-chat/contracts';
import { NavigationFailure, provideShell } from '@support-chat/ui';
import { appRoutes } from './app.routes';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(withInterceptors([authInterceptor])),
    provideRouter(
      appRoutes,
      withComponentInputBinding(),
      withNavigationErrorHandler(() => {
        inject(NavigationFailure).note();
      }),
    ),
    provideShell(APP_ROUTES.admin),
    provideSession('admin'),
    { provide: CHAT_VIEWER, useFactory: () => inject(SessionStore).user },
    { provide: CHAT_ACCESS, useExisting: AccessTokens },
    { provide: UNSENT_WORK, useExisting: UnsentWork },
    { provide: SIGN_OUT_WORK, useExisting: PushEnding },
  ],
};
