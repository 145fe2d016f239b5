export * from './lib/thread.component';
