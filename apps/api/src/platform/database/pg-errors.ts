import { DatabaseError } from 'pg';
import { errorCode } from '../error-code';

/** SQLSTATE codes and node errors that mean "the database cannot serve now" (appendix A of its manual). */
const UNAVAILABLE_SQLSTATES = /^(08|53|57P|58|25006|55P03|57014|XX)/;
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);
const DRIVER_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|cannot use a pool after|query read timeout|not queryable|driver not connected/i;

const RETRYABLE_SQLSTATES = new Set(['40001', '40P01']);

/** The error of the `pg` driver inside whatever TypeORM wrapped around it. */
function driverError(error: unknown): unknown {
  return isObject(error) && 'driverError' in error ? error.driverError : error;
}

/** SQLSTATE of an error the database itself answered with; undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  const inner = driverError(error);
  return inner instanceof DatabaseError ? inner.code : undefined;
}

/** Name of the violated unique constraint or index, if that is what went wrong. */
export function violatedUniqueKey(error: unknown): string | undefined {
  const inner = driverError(error);
  return inner instanceof DatabaseError && inner.code === '23505' ? inner.constraint : undefined;
}

/** Name of the violated foreign key, if that is what went wrong. */
export function violatedForeignKey(error: unknown): string | undefined {
  const inner = driverError(error);
  return inner instanceof DatabaseError && inner.code === '23503' ? inner.constraint : undefined;
}

/** A deadlock or serialisation failure: the whole transaction may be run again. */
export function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && RETRYABLE_SQLSTATES.has(state);
}

/** The server itself said no, so nothing was committed; any other failure of a write may hide that it was. */
export function isRefusal(error: unknown): boolean {
  return sqlState(error) !== undefined && !isConnectionLost(error);
}

/** The link to the database broke: a statement already sent may or may not have been committed. */
export function isConnectionLost(error: unknown): boolean {
  const inner = driverError(error);
  if (inner instanceof DatabaseError) return inner.code?.startsWith('57P') ?? false;
  const code = errorCode(inner);
  if (code !== undefined) return NETWORK_CODES.has(code);
  return isObject(inner) && 'message' in inner && DRIVER_MESSAGES.test(String(inner.message));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Nothing is wrong with the request; the database cannot serve it now. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return UNAVAILABLE_SQLSTATES.test(state);
  const inner = driverError(error);
  return (
    (inner instanceof AggregateError && inner.errors.some(isConnectionLost)) ||
    isConnectionLost(inner)
  );
}
