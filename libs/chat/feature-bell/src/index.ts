export * from './lib/chat-notification-bell.component';
