import { Injectable } from '@nestjs/common';
import { API_ROUTES } from '@support-chat/contracts';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { SigningKeys } from '../../auth';

const FORM = /^([1-9]\d{0,15})\.([\w-]{43})$/;

/** Links that end a person's mails without signing in; they hold as long as the signing secret. */
@Injectable()
export class UnsubscribeLinks {
  private readonly key: Buffer;

  constructor(keys: SigningKeys) {
    this.key = keys.derive('unsubscribe links');
  }

  /** On our own origin. */
  pathFor(userId: number): string {
    const token = `${userId}.${this.sign(String(userId)).toString('base64url')}`;
    return `${API_ROUTES.unsubscribe}?token=${token}`;
  }

  /** Whose token it is, or null for any that was not made here. */
  read(token: unknown): number | null {
    const parts = typeof token === 'string' ? FORM.exec(token) : null;
    const [, userId = '', signature = ''] = parts ?? [];
    const given = Buffer.from(signature, 'base64url');
    const expected = this.sign(userId);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return Number(userId);
  }

  private sign(userId: string): Buffer {
    return createHmac('sha256', this.key).update(userId).digest();
  }
}
