import { hash, verify, type Options } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Turnstile } from '../../platform/limits/turnstile';

/** OWASP's argon2id setting; the library's default algorithm is argon2id, version 1.3. */
const ARGON2ID: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Node's thread pool has four threads, so more would only queue there. */
const AT_ONCE = Math.min(4, Math.max(2, availableParallelism() - 1));
/** A few seconds of work: whoever comes later is better told to come back. */
const WAITING = 50 * AT_ONCE;

/**
 * Hashes and checks passwords as typed. Few at a time, so that a flood of sign-ins leaves the
 * processor to the chat; beyond a bounded queue it fails with `unavailable`.
 */
@Injectable()
export class PasswordHasher {
  private readonly turnstile = new Turnstile(AT_ONCE, WAITING);
  private decoy: Promise<string> | null = null;

  async hash(password: string): Promise<string> {
    return this.turnstile.pass(async () => hash(password, ARGON2ID));
  }

  /** @param passwordHash null for nobody's: takes as long as any other, and is always false */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const expected = passwordHash ?? (await this.decoyHash());
    const isMatch = await this.turnstile.pass(async () => verify(expected, password));
    return isMatch && passwordHash !== null;
  }

  private async decoyHash(): Promise<string> {
    this.decoy ??= hash(randomBytes(16), ARGON2ID);
    return this.decoy;
  }
}
