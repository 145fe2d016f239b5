import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/config/settings';
import { PushKeys } from './push-keys';

/** Push services take a signature for up to 24 h; ours says 12. */
const USE_MS = 60 * 60 * 1_000;
const MAX_KEPT = 100;

/** Signs for push services (RFC 8292), once an hour for each: it takes longer than encrypting. */
@Injectable()
export class PushSignatures {
  private readonly kept = new Map<string, { authorization: string; until: number }>();

  constructor(
    private readonly settings: Settings,
    private readonly keys: PushKeys,
  ) {}

  /** @param origin of the push service @returns the `Authorization` header */
  async for(origin: string): Promise<string> {
    const kept = this.kept.get(origin);
    if (kept && kept.until > Date.now()) return kept.authorization;
    const authorization = await this.sign(origin);
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    this.kept.set(origin, { authorization, until: Date.now() + USE_MS });
    return authorization;
  }

  private async sign(origin: string): Promise<string> {
    const { getVapidHeaders } = (await import('web-push')).default;
    const { publicKey, privateKey } = await this.keys.get();
    return getVapidHeaders(origin, this.contact, publicKey, privateKey, 'aes128gcm').Authorization;
  }

  /** Whom a push service may write to about this server. */
  private get contact(): string {
    const { mail, publicUrl } = this.settings;
    if (mail) return `mailto:${/<([^>]*)>$/.exec(mail.from)?.[1] ?? mail.from}`;
    return publicUrl?.startsWith('https:') ? publicUrl : 'mailto:operator@support-chat.invalid';
  }
}
