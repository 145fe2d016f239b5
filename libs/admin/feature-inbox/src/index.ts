export * from './lib/inbox.component';
