export * from './lib/inbox-filters';
export * from './lib/inbox.store';
