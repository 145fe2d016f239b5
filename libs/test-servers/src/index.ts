export * from './lib/free-port';
export * from './lib/mail-server';
export * from './lib/push-service';
