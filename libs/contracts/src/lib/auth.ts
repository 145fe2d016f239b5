/** Const object instead of an enum: plain strings on the wire, a union in types. */
export const USER_ROLES = { user: 'user', admin: 'admin' } as const;
export type UserRole = (typeof USER_ROLES)[keyof typeof USER_ROLES];

/** A person as themselves see it. */
export interface User {
  id: number;
  email: string;
  name: string;
  role: UserRole;
  /** RFC 3339, UTC, milliseconds. */
  created_at: string;
}

export interface RegisterBody {
  email: string;
  password: string;
  name: string;
}

export interface LoginBody {
  email: string;
  password: string;
}

/** Answer of register, login and refresh; the refresh token travels only as a cookie. */
export interface Session {
  access_token: string;
  token_type: 'Bearer';
  /** Seconds the access token lives. */
  expires_in: number;
  user: User;
}
