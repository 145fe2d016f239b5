export * from './lib/account-menu.component';
export * from './lib/login.component';
export * from './lib/session-frame.component';
export * from './lib/wrong-role.component';
