import { Inject } from '@nestjs/common';

/** What the module is given from outside. */
export interface AuthOptions {
  /** Signs access tokens, and by derived keys everything else that is signed; at least 32 bytes. */
  jwtSecret: string;
}

export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

export const InjectAuthOptions = (): ParameterDecorator => Inject(AUTH_OPTIONS);
