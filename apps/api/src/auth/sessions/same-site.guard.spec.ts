import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Settings } from '../../platform/config/settings';
import { TrustedOrigins } from '../../platform/http/trusted-origins';
import { SameSiteGuard } from './same-site.guard';

const settings = new Settings({
  publicUrl: 'https://school.example/chat',
  allowedOrigins: ['https://portal.example'],
} as unknown as Settings);
const guard = new SameSiteGuard(new TrustedOrigins(settings));

function admits(headers: Record<string, string>): boolean {
  const request = { headers, host: 'localhost:3000' };
  const context = { switchToHttp: () => ({ getRequest: () => request }) };
  try {
    return guard.canActivate(context as unknown as ExecutionContext);
  } catch (error) {
    expect(error).toMatchObject({ code: 'forbidden' });
    return false;
  }
}

describe('same-site guard', () => {
  it.each([
    ['a program', {}],
    ['its own page', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }],
    ['its own page behind a proxy that ends TLS', { origin: 'https://localhost:3000' }],
    ['the public address', { origin: 'https://school.example' }],
    ['an allowed page', { origin: 'https://portal.example', 'sec-fetch-site': 'cross-site' }],
  ])('admits %s', (_, headers) => {
    expect(admits(headers)).toBe(true);
  });

  it.each([
    ['another site', { origin: 'https://evil.test' }],
    [
      'another site, as browsers say it',
      { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
    ],
    ['another site without an origin', { 'sec-fetch-site': 'cross-site' }],
    ['another port', { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-site' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a look-alike', { origin: 'https://school.example.evil.test' }],
    ['user information', { origin: 'http://localhost:3000@evil.test' }],
    ['its own page by http where https is spoken', { origin: 'http://school.example' }],
    ['nonsense', { origin: 'localhost:3000' }],
  ])('A043 refuses %s', (_, headers) => {
    expect(admits(headers)).toBe(false);
  });
});
