export * from './lib/auth';
export * from './lib/chat';
export * from './lib/failure';
export * from './lib/limits';
export * from './lib/page';
export * from './lib/problem';
export * from './lib/routes';
export * from './lib/text';
