export * from './lib/app-name';
export * from './lib/auth.interceptor';
export * from './lib/provide-session';
export * from './lib/session.guard';
export * from './lib/session-keeper';
export * from './lib/session.store';
export * from './lib/unsent-work.token';
export * from './lib/rematch-routes';
