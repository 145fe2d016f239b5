export * from './lib/connection';
export * from './lib/conversation.store';
export * from './lib/timeline';
export * from './lib/viewer';
