import { createHmac, randomUUID } from 'node:crypto';
import { TEST_JWT_SECRET } from '../../support/test-app';

/** An access token like this one, genuine, that ends after so many seconds from now. */
export function shortToken(token: string, seconds: number): string {
  const [header = '', payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const now = Math.floor(Date.now() / 1000);
  const fresh = { ...claims, iat: now, exp: now + seconds, jti: randomUUID() };
  const signed = `${header}.${Buffer.from(JSON.stringify(fresh)).toString('base64url')}`;
  const signature = createHmac('sha256', TEST_JWT_SECRET).update(signed).digest('base64url');
  return `${signed}.${signature}`;
}
