import { Topic } from '../../platform/bus/topic';

/** A user changed or is gone: name, role, password or whether they may sign in. */
export const USER_NEWS = new Topic<{ id: number }>('user');
