import { InjectionToken, type Signal } from '@angular/core';
import { type Message, MESSAGE_TYPES, type User } from '@support-chat/contracts';

/** Who is looking at the conversations. */
export type Viewer = Pick<User, 'id' | 'name' | 'role'>;

/** The signed-in person, or null; provided by the shells from the session. */
export const CHAT_VIEWER = new InjectionToken<Signal<Viewer | null>>('CHAT_VIEWER');

/** Whether a message waits for the viewer's side: students and admins read each other's. */
export function isUnreadFor(viewer: Viewer, message: Message): boolean {
  return (
    !message.is_read &&
    message.sender.role !== viewer.role &&
    message.message_type !== MESSAGE_TYPES.system
  );
}
