import { Topic } from '../../platform/bus/topic';

/** A refresh family was revoked: its access tokens and sockets end with it. */
export const SESSION_NEWS = new Topic<{ family: string; user_id: number }>('session');
