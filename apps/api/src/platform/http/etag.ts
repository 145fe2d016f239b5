import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** A strong entity tag for a body: 132 bits of its SHA-256. */
export function bodyTag(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/**
 * Puts the tag on the answer and, where the client has this version already, answers 304.
 * @returns whether the answer has been sent
 */
export function isNotModified(
  reply: FastifyReply,
  ifNoneMatch: string | undefined,
  tag: string,
): boolean {
  void reply.header('ETag', tag);
  if (!matchesTag(ifNoneMatch, tag)) return false;
  void reply.status(304).send();
  return true;
}

/** Whether `If-None-Match` names this tag (RFC 9110, 13.1.2: weak comparison). */
export function matchesTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === tag || ifNoneMatch === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag);
}

/** Sends a body that is JSON already. */
export function sendJson(reply: FastifyReply, json: string): void {
  void reply.type('application/json; charset=utf-8').send(json);
}
