import { readFailure } from './failure';

const answer = (status: number, error: unknown, headers: Record<string, string> = {}) => ({
  status,
  error,
  headers: { get: (name: string) => headers[name] ?? null },
});

describe('reading a failed call', () => {
  it('takes code, request id and field errors from a problem document', () => {
    const errors = [{ field: 'content', code: 'too_long', detail: '' }];
    const problem = { code: 'validation_failed', instance: 'req-1', errors };
    expect(readFailure(answer(400, problem))).toEqual({
      code: 'validation_failed',
      status: 400,
      requestId: 'req-1',
      retryAfterSeconds: null,
      errors,
    });
  });

  it('judges a page of a proxy by its status', () => {
    const page = answer(502, '<html>', { 'X-Request-Id': 'req-2' });
    expect(readFailure(page)).toMatchObject({ code: 'unavailable', requestId: 'req-2' });
    expect(readFailure(answer(418, { code: 'teapot' })).code).toBe('internal_error');
  });

  it('says unreachable when there was no answer', () => {
    expect(readFailure(answer(0, new Error('cut'))).code).toBe('unreachable');
    expect(readFailure(new Error('timeout')).code).toBe('unreachable');
  });

  it('reads Retry-After as seconds and as a date, and ignores anything else', () => {
    const after = (value: string) =>
      readFailure(answer(429, null, { 'Retry-After': value })).retryAfterSeconds;
    expect(after('7')).toBe(7);
    expect(after(new Date(Date.now() + 90_000).toUTCString())).toBeGreaterThan(80);
    expect(after(new Date(0).toUTCString())).toBe(0);
    expect(after('soon')).toBeNull();
  });
});
