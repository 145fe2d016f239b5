import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { compile, default as clientAddress } from '@fastify/proxy-addr';
import { SOCKET_LIMITS, SOCKET_PATH } from '@support-chat/contracts';
import type { IncomingMessage } from 'node:http';
import { Settings } from '../../../platform/config/settings';
import { addressKey } from '../../../platform/http/address-key';
import { ProblemError } from '../../../platform/http/problem.error';
import { TrustedOrigins } from '../../../platform/http/trusted-origins';

const SOCKET_URL = new RegExp(`^${SOCKET_PATH}/?(\\?|$)`);
const PROTOCOL_VERSION = '13';
/** 16 bytes in base64 (RFC 6455 section 4.1). */
const KEY = /^[+/0-9A-Za-z]{22}==$/;

/** Which requests become sockets; what is not admitted is answered like any other request. */
@Injectable()
export class SocketAdmission implements OnModuleDestroy {
  private readonly strangers = new Map<string, number>();
  private readonly trusts: ReturnType<typeof compile>;
  private isStopping = false;

  constructor(
    private readonly settings: Settings,
    private readonly origins: TrustedOrigins,
  ) {
    this.trusts = compile([...settings.trustedProxies]);
  }

  /** For the HTTP server: whether to leave the connection to the socket server. Never throws. */
  admits(request: IncomingMessage): boolean {
    if (request.method !== 'GET' || !SOCKET_URL.test(request.url ?? '')) return false;
    try {
      this.check(request);
      return true;
    } catch {
      // The request goes the ordinary way, where the same check says why.
      return false;
    }
  }

  /** @throws ProblemError saying why this request may not become a socket */
  check(request: IncomingMessage): void {
    const { headers } = request;
    if (headers.upgrade?.toLowerCase() !== 'websocket') throw upgradeRequired();
    if (headers['sec-websocket-version'] !== PROTOCOL_VERSION) throw upgradeRequired();
    if (!KEY.test(headers['sec-websocket-key'] ?? '')) {
      throw new ProblemError('validation_failed', 'Sec-WebSocket-Key is missing or malformed.');
    }
    if (headers.origin !== undefined && !this.origins.isWelcome(headers.origin, headers.host)) {
      throw new ProblemError('forbidden', 'Pages of other sites may not connect.');
    }
    if (this.isStopping) throw ProblemError.unavailable();
    if (this.isFull(this.addressOf(request))) {
      throw new ProblemError(
        'rate_limited',
        'Too many sockets from your address wait to be identified.',
        {
          retryAfter: 60,
        },
      );
    }
  }

  /** Behind the proxies that the operator trusts, the address they tell. */
  addressOf(request: IncomingMessage): string {
    return addressKey(clientAddress(request, this.trusts));
  }

  /** A socket nobody has identified yet: until `leave`, it counts against the limit of its address. */
  enter(address: string): void {
    this.strangers.set(address, this.countOf(address) + 1);
  }

  /** It was identified, or ended before. */
  leave(address: string): void {
    const left = this.countOf(address) - 1;
    if (left > 0) this.strangers.set(address, left);
    else this.strangers.delete(address);
  }

  onModuleDestroy(): void {
    this.isStopping = true;
  }

  private isFull(address: string): boolean {
    return this.settings.rateLimits && this.countOf(address) >= SOCKET_LIMITS.strangersPerAddress;
  }

  private countOf(address: string): number {
    return this.strangers.get(address) ?? 0;
  }
}

/** RFC 9110 section 15.5.22 and RFC 6455 section 4.4. */
function upgradeRequired(): ProblemError {
  return new ProblemError('upgrade_required', 'This address speaks WebSocket, version 13.', {
    headers: {
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Version': PROTOCOL_VERSION,
    },
  });
}
