import { Injectable } from '@nestjs/common';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { InjectAuthOptions, type AuthOptions } from '../auth-options';
import { deriveKey } from '../keys';
import { accountKey } from '../users/email-address';

/**
 * Marks for browsers on which an account has signed in before: a stranger who guesses passwords
 * cannot lock the owner out there. A mark gives no access, only tries of its own.
 */
@Injectable()
export class KnownDevice {
  private readonly key: Buffer;

  constructor(@InjectAuthOptions() { jwtSecret }: AuthOptions) {
    this.key = deriveKey(jwtSecret, 'known device');
  }

  newMark(email: string): string {
    const device = randomBytes(16).toString('base64url');
    return `${device}.${this.sign(email, device)}`;
  }

  /** The device that a mark names, if it was made for this account; otherwise null. */
  read(mark: string | undefined, email: string): string | null {
    const [device = '', signature = '', ...rest] = mark?.split('.') ?? [];
    const expected = Buffer.from(this.sign(email, device));
    const actual = Buffer.from(signature);
    const isGenuine = expected.length === actual.length && timingSafeEqual(expected, actual);
    return isGenuine && rest.length === 0 ? device : null;
  }

  private sign(email: string, device: string): string {
    const signed = `${device} ${accountKey(email)}`;
    return createHmac('sha256', this.key).update(signed).digest('base64url');
  }
}
