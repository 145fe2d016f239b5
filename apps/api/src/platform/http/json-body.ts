import { LIMITS, type ProblemCode } from '@support-chat/contracts';
import { ProblemError } from './problem.error';
import { isStorableText } from './text-rules';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** No call has a tenth of that; naming each unknown one would take long. */
const MAX_KEYS = 100;
/** Names that every object has anyway; a library that looks a field up by name might find those. */
const FORBIDDEN_KEYS = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

/**
 * Stands in for a body that cannot be read, until the guards have decided who may know about it:
 * a foreign conversation is 404 whatever is sent to it.
 */
export class UnreadableBody {
  constructor(readonly problem: ProblemError) {}
}

/**
 * Reads a JSON body strictly: UTF-8 without errors, no byte order mark, at most
 * `LIMITS.jsonDepth` levels, no NUL or lone surrogate in any string, no prototype keys.
 * The last of duplicate keys counts (RFC 8259 leaves it open).
 * @returns the value, `undefined` for an empty body, or an `UnreadableBody`
 */
export function readJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    const text = decode(bytes);
    checkDepth(text);
    const value = parse(text);
    checkTree(value);
    return value;
  } catch (error) {
    if (error instanceof ProblemError) return new UnreadableBody(error);
    throw error;
  }
}

function decode(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw refuse('invalid_encoding', 'The body is not valid UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('malformed_json', 'The body is not valid JSON.');
  }
}

/** Before parsing, so that deep nesting costs nothing. */
function checkDepth(text: string): void {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (isInString) {
      if (character === '\\') i += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') {
      isInString = true;
    } else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > LIMITS.jsonDepth) {
        throw refuse(
          'malformed_json',
          `The body is nested deeper than ${LIMITS.jsonDepth} levels.`,
        );
      }
    } else if (character === '}' || character === ']') {
      depth -= 1;
    }
  }
}

function checkTree(value: unknown): void {
  if (typeof value === 'string') {
    if (!isStorableText(value))
      throw refuse('invalid_encoding', 'Text holds NUL or half a character.');
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const entries = Object.entries(value);
  if (!Array.isArray(value) && entries.length > MAX_KEYS) {
    throw refuse('validation_failed', `An object has more than ${MAX_KEYS} fields.`);
  }
  for (const [key, member] of entries) {
    if (FORBIDDEN_KEYS.has(key)) {
      throw ProblemError.invalid({ field: key, code: 'unknown_field', detail: 'is not a field' });
    }
    checkTree(key);
    checkTree(member);
  }
}

function refuse(code: ProblemCode, detail: string): ProblemError {
  return new ProblemError(code, detail);
}
