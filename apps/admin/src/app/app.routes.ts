import type { Routes } from '@angular/router';
import { hasRole, isSignedIn } from '@support-chat/auth-data-access';
import { LoginComponent, WrongRoleComponent } from '@support-chat/auth-feature-login';
import { NotFoundComponent } from '@support-chat/ui';

const THREAD = 'conversations/:conversationId';
const SETTINGS = 'settings';

const loadInbox = () => import('@support-chat/admin-feature-inbox');
const loadThread = () => import('@support-chat/chat-feature-thread');

// Fetched while it is still asked who is there; a failure shows when the route needs it.
Promise.all([loadInbox(), loadThread()]).catch(() => undefined);

/** The list with one conversation beside it, or what has to come before it, at the same address. */
export const appRoutes: Routes = [
  {
    path: SETTINGS,
    canMatch: [hasRole('admin')],
    loadComponent: async () =>
      (await import('@support-chat/admin-feature-settings')).SettingsComponent,
  },
  {
    path: '',
    canMatch: [hasRole('admin')],
    loadComponent: async () => (await loadInbox()).InboxComponent,
    children: [
      {
        path: THREAD,
        loadComponent: async () => (await loadThread()).ThreadComponent,
      },
    ],
  },
  { path: '', pathMatch: 'full', canMatch: [isSignedIn], component: WrongRoleComponent },
  { path: THREAD, canMatch: [isSignedIn], component: WrongRoleComponent },
  { path: SETTINGS, canMatch: [isSignedIn], component: WrongRoleComponent },
  { path: '', pathMatch: 'full', component: LoginComponent },
  { path: THREAD, component: LoginComponent },
  { path: SETTINGS, component: LoginComponent },
  { path: '**', component: NotFoundComponent },
];
