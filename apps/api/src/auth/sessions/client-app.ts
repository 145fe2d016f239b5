import type { UserRole } from '@support-chat/contracts';

/**
 * The two apps of one origin. Each has a session of its own, so that signing in to one does not
 * change who is signed in to the other.
 */
export const CLIENT_APPS = ['support', 'admin'] as const;
export type ClientApp = (typeof CLIENT_APPS)[number];

/** What the client says in `X-App`; undefined for a client that is neither. */
export function namedApp(header: unknown): ClientApp | undefined {
  return CLIENT_APPS.find((app) => app === header);
}

/** The app that people of a role use. */
export function appOfRole(role: UserRole): ClientApp {
  return role === 'admin' ? 'admin' : 'support';
}
