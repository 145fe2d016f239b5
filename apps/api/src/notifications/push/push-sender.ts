import { Injectable } from '@nestjs/common';
import { ForbiddenAddressError, postOutside } from '../../platform/outbound/outbound-post';
import { PushServices } from './push-services';
import { PushSignatures } from './push-signatures';

/** How long a push service keeps a push for a device that is off. */
const TTL_SECONDS = 24 * 60 * 60;

export interface PushDevice {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** What a push service made of a push. */
export type PushOutcome = 'taken' | 'gone' | 'later' | 'refused';

/** Encrypts a push for one device (RFC 8291) and hands it, signed, to its push service. */
@Injectable()
export class PushSender {
  constructor(
    private readonly services: PushServices,
    private readonly signatures: PushSignatures,
  ) {}

  /**
   * Fails when the service cannot be reached.
   * @param topic of pushes with the same one, a device that was off gets the newest only
   */
  async send(device: PushDevice, payload: object, topic: string): Promise<PushOutcome> {
    const target = this.services.find(device.endpoint);
    if (!target) return 'refused';
    const { encrypt } = (await import('web-push')).default;
    const text = JSON.stringify(payload);
    const { cipherText } = encrypt(device.p256dh, device.auth, text, 'aes128gcm');
    const headers = {
      Authorization: await this.signatures.for(target.url.origin),
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
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 404 || status === 410) return 'gone';
  if (status === 408 || status === 429 || status >= 500) return 'later';
  return 'refused';
}
