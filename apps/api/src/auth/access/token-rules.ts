import { LIMITS } from '@support-chat/contracts';

export const TOKEN_ALGORITHM = 'HS256';
export const TOKEN_ISSUER = 'support-chat';
export const TOKEN_AUDIENCE = 'support-chat-api';

/** How far the clocks of our instances may differ. */
const LEEWAY_SECONDS = 30;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const USER_ID = /^[1-9]\d{0,15}$/;
/** Anything else (`kid`, `crit`, `jku`, `zip` …) we never write, so a token with it is not ours. */
const HEADER_NAMES = new Set(['alg', 'typ']);

/** What an access token says once it is believed. */
export interface TokenClaims {
  userId: number;
  family: string;
  expiresAtMs: number;
}

export type TokenReading = TokenClaims | 'invalid' | 'expired';

/**
 * Reads header and payload of a token whose signature was verified already. The libraries let
 * tokens without `exp` pass and know nothing of our own claims, so everything is demanded here
 * (RFC 8725 sections 3.8 to 3.11).
 * @returns `expired` only for a token that is ours in every other respect
 */
export function readClaims(header: unknown, payload: unknown, nowSeconds: number): TokenReading {
  if (!isOurHeader(header) || !isRecord(payload)) return 'invalid';
  const { iss, aud, sub, sid, jti, exp, iat, nbf } = payload;
  if (iss !== TOKEN_ISSUER || aud !== TOKEN_AUDIENCE) return 'invalid';
  if (!isMatch(sub, USER_ID) || !isMatch(sid, UUID) || !isMatch(jti, UUID)) return 'invalid';
  const userId = Number(sub);
  if (userId > LIMITS.idMax || !isTime(exp) || !isTime(iat)) return 'invalid';
  if (nbf !== undefined && (!isTime(nbf) || nbf > nowSeconds + LEEWAY_SECONDS)) return 'invalid';
  if (iat > nowSeconds + LEEWAY_SECONDS) return 'invalid';
  if (exp <= iat || exp - iat > LIMITS.accessTokenSeconds + LEEWAY_SECONDS) return 'invalid';
  if (exp <= nowSeconds) return 'expired';
  return { userId, family: sid, expiresAtMs: exp * 1000 };
}

function isOurHeader(header: unknown): boolean {
  if (!isRecord(header) || header['alg'] !== TOKEN_ALGORITHM) return false;
  const { typ } = header;
  if (typ !== undefined && typ !== 'JWT') return false;
  return Object.keys(header).every((name) => HEADER_NAMES.has(name));
}

function isRecord(value: unknown): value is Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMatch(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
