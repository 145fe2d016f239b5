/** The only door of the auth module for other modules. */
export { AuthModule } from './auth.module';
export { Access, type AccessLevel } from './access/access.decorator';
export type { Caller } from './access/caller';
export { KnownCallers } from './access/known-callers';
export { CurrentUser } from './access/current-user.decorator';
export { Public } from '../platform/http/public.decorator';
export { SESSION_NEWS } from './sessions/session.topic';
export { LastAdminError } from './users/last-admin.error';
export { PasswordHasher } from './users/password-hasher';
export { UserDirectory } from './users/user-directory';
export { UserEntity } from './users/user.entity';
export { EMAIL_ADDRESS } from './users/email-address';
export { ONE_LINE } from './users/person-name';
export { USER_NEWS } from './users/user.topic';
