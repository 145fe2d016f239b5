import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings';

/** Which pages may act for a person: our own address, and those that the operator allows. */
@Injectable()
export class TrustedOrigins {
  private readonly named: ReadonlySet<string>;
  /** Reached by https, a page that came by http may have been changed on its way. */
  private readonly httpsHost: string | null;

  constructor({ publicUrl, allowedOrigins }: Settings) {
    const own = publicUrl === null ? null : new URL(publicUrl);
    this.named = new Set([...(own ? [own.origin] : []), ...allowedOrigins]);
    this.httpsHost = own?.protocol === 'https:' ? own.host : null;
  }

  /** Whether the operator has named this origin. */
  isNamed(origin: string): boolean {
    return this.named.has(origin);
  }

  /** @param host the `Host` the request was sent to; its own pages are welcome too */
  isWelcome(origin: string, host: string | undefined): boolean {
    if (this.isNamed(origin)) return true;
    if (!URL.canParse(origin)) return false;
    const url = new URL(origin);
    return url.host === host && (url.protocol === 'https:' || url.host !== this.httpsHost);
  }
}
