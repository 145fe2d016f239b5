import { InjectionToken, type Signal } from '@angular/core';
import type { User } from '@support-chat/contracts';

/** Who is looking at the conversations. */
export type Viewer = Pick<User, 'id' | 'name' | 'role'>;

/** The signed-in person, or null; provided by the shells from the session. */
export const CHAT_VIEWER = new InjectionToken<Signal<Viewer | null>>('CHAT_VIEWER');
