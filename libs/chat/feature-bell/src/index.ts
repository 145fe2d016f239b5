export * from './lib/chat-notification-bell.component';
export * from './lib/settings/settings-button.component';
