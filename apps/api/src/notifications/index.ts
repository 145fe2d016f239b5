/** The only door of the notifications module for other modules. */
export { NotificationsModule } from './notifications.module';
