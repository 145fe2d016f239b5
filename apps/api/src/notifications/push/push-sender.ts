import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/config/settings';
import { ForbiddenAddressError, postOutside } from '../../platform/outbound/outbound-post';
import { PushKeys } from './push-keys';
import { PushServices } from './push-services';

/** How long a push service keeps a push for a device that is off. */
const TTL_SECONDS = 24 * 60 * 60;

export interface PushDevice {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** What a push service made of a push. */
export type PushOutcome = 'taken' | 'gone' | 'later' | 'refused';

/** Encrypts a push for one device (RFC 8291), signs it (RFC 8292) and hands it to its push service. */
@Injectable()
export class PushSender {
  constructor(
    private readonly settings: Settings,
    private readonly keys: PushKeys,
    private readonly services: PushServices,
  ) {}

  /**
   * Fails when the service cannot be reached.
   * @param topic of pushes with the same one, a device that was off gets the newest only
   */
  async send(device: PushDevice, payload: object, topic: string): Promise<PushOutcome> {
    const target = this.services.find(device.endpoint);
    if (!target) return 'refused';
    const webPush = (await import('web-push')).default;
    const text = JSON.stringify(payload);
    const { cipherText } = webPush.encrypt(device.p256dh, device.auth, text, 'aes128gcm');
    const { publicKey, privateKey } = await this.keys.get();
    const signed = webPush.getVapidHeaders(
      target.url.origin,
      this.contact,
      publicKey,
      privateKey,
      'aes128gcm',
    );
    const headers = {
      Authorization: signed.Authorization,
      'Content-Encoding': 'aes128gcm',
      'Content-Length': cipherText.length,
      'Content-Type': 'application/octet-stream',
      TTL: TTL_SECONDS,
      Topic: topic,
      Urgency: 'normal',
    };
    try {
      return outcomeOf(await postOutside({ ...target, headers, body: cipherText }));
    } catch (error) {
      if (error instanceof ForbiddenAddressError) return 'refused';
      throw error;
    }
  }

  /** Whom a push service may write to about this server. */
  private get contact(): string {
    const { mail, publicUrl } = this.settings;
    if (mail) return `mailto:${/<([^>]*)>$/.exec(mail.from)?.[1] ?? mail.from}`;
    return publicUrl?.startsWith('https:') ? publicUrl : 'mailto:operator@support-chat.invalid';
  }
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 404 || status === 410) return 'gone';
  if (status === 408 || status === 429 || status >= 500) return 'later';
  return 'refused';
}
