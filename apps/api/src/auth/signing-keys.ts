import { Injectable } from '@nestjs/common';
import { InjectAuthOptions, type AuthOptions } from './auth-options';
import { deriveKey } from './keys';

/** Keys of other modules for what they sign, all of the one secret. */
@Injectable()
export class SigningKeys {
  constructor(@InjectAuthOptions() private readonly options: AuthOptions) {}

  /** 32 bytes, the same for the same purpose on every instance. */
  derive(purpose: string): Buffer {
    return deriveKey(this.options.jwtSecret, purpose);
  }
}
