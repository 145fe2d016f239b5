import { Injectable } from '@nestjs/common';
import { isIP } from 'node:net';
import { Settings } from '../../platform/config/settings';

/** Those of the browsers. */
const KNOWN_SERVICES = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  '*.push.apple.com',
];

interface ServiceRule {
  protocol: 'http:' | 'https:';
  /** Lower case; with `*.` in front for any host below. */
  host: string;
  /** Empty for that of the protocol. */
  port: string;
}

/** Where a push may be sent. */
export interface PushTarget {
  url: URL;
  /** The operator has named this very address, so it may be one of the inner network. */
  isNamedAddress: boolean;
}

/**
 * Which addresses are push services': those of the browsers, and those of `PUSH_HOSTS`. Anything
 * else is none, so nobody can make this server call an address of their choice.
 */
@Injectable()
export class PushServices {
  private readonly rules: readonly ServiceRule[];

  constructor({ pushHosts }: Settings) {
    this.rules = [...KNOWN_SERVICES, ...pushHosts].map(readRule);
  }

  /** Null where the endpoint is no push service's. */
  find(endpoint: string): PushTarget | null {
    if (!URL.canParse(endpoint)) return null;
    const url = new URL(endpoint);
    if (url.username !== '' || url.password !== '' || endpoint.includes('#')) return null;
    const rule = this.rules.find((candidate) => matches(candidate, url));
    return rule ? { url, isNamedAddress: isIP(rule.host.replace(/^\[|\]$/g, '')) !== 0 } : null;
  }
}

/** @param text `host`, `*.host`, with `:port` and with `http://` where it must be so */
function readRule(text: string): ServiceRule {
  const [, scheme, host = '', port = ''] =
    /^(http:\/\/)?(.+?)(?::(\d+))?$/i.exec(text.toLowerCase()) ?? [];
  return { protocol: scheme === undefined ? 'https:' : 'http:', host, port };
}

function matches(rule: ServiceRule, { protocol, hostname, port }: URL): boolean {
  if (protocol !== rule.protocol || port !== rule.port) return false;
  if (!rule.host.startsWith('*.')) return hostname === rule.host;
  return hostname.endsWith(rule.host.slice(1));
}
