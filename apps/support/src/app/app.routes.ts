import type { Routes } from '@angular/router';
import { hasRole, isSignedIn } from '@support-chat/auth-data-access';
import { LoginComponent, WrongRoleComponent } from '@support-chat/auth-feature-login';
import { NotFoundComponent } from '@support-chat/ui';

const loadThread = () => import('@support-chat/chat-feature-thread');

// Fetched while it is still asked who is there; a failure shows when the route needs it.
loadThread().catch(() => undefined);

/** One place for everybody: the conversation, or what has to come before it. */
export const appRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    canMatch: [hasRole('user')],
    loadComponent: async () => (await loadThread()).ThreadComponent,
  },
  { path: '', pathMatch: 'full', canMatch: [isSignedIn], component: WrongRoleComponent },
  { path: '', pathMatch: 'full', component: LoginComponent },
  { path: '**', component: NotFoundComponent },
];
