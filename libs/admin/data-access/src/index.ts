export * from './lib/attachment-settings.store';
export * from './lib/inbox-filters';
export * from './lib/inbox.store';
