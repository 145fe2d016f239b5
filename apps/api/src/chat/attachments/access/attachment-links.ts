import { Injectable } from '@nestjs/common';
import { LIMITS, type AttachmentLink } from '@support-chat/contracts';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Identities, SigningKeys, type Caller } from '../../../auth';

const FORM = /^([1-9]\d{0,15})\.([\da-f-]{36})\.(\d{10,12})\.([\w-]{43})$/;

/**
 * Makes links that open without a header, and reads them: each is for one attachment and a few minutes,
 * in the name of one person in one sign-in. Whoever holds it may use it, while that person still could.
 */
@Injectable()
export class AttachmentLinks {
  private readonly key: Buffer;

  constructor(
    private readonly identities: Identities,
    keys: SigningKeys,
  ) {
    this.key = keys.derive('attachment links');
  }

  create(attachmentId: number, { id, sessionFamily }: Caller): AttachmentLink {
    const expires = Math.floor(Date.now() / 1000) + LIMITS.attachmentLinkSeconds;
    const claims = `${id}.${sessionFamily}.${expires}`;
    const signature = this.sign(attachmentId, claims).toString('base64url');
    return {
      url: `/api/chat/attachments/${attachmentId}/content/?link=${claims}.${signature}`,
      expires_in: LIMITS.attachmentLinkSeconds,
    };
  }

  /** Whom a link was made for; null for any that is not good, whatever is wrong with it. */
  async read(attachmentId: number, link: unknown): Promise<Caller | null> {
    const parts = typeof link === 'string' ? FORM.exec(link) : null;
    if (!parts) return null;
    const [, id = '', family = '', expires = '', signature = ''] = parts;
    const expected = this.sign(attachmentId, `${id}.${family}.${expires}`);
    const isOurs = timingSafeEqual(expected, Buffer.from(signature, 'base64url'));
    if (!isOurs || Number(expires) * 1000 <= Date.now()) return null;
    const callers = await this.identities.renew([{ id: Number(id), sessionFamily: family }]);
    return callers.get(family) ?? null;
  }

  private sign(attachmentId: number, claims: string): Buffer {
    return createHmac('sha256', this.key).update(`${attachmentId}.${claims}`).digest();
  }
}
