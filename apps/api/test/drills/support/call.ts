/** What came back. */
export interface Reply<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  token?: string | undefined;
  /** A form, or what is sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  patienceMs?: number;
}

/**
 * One request over the network, as a client makes it.
 * @throws when the connection is refused or breaks, or no whole answer comes in time
 */
export async function call<T>(
  origin: string,
  path: string,
  { method = 'GET', token, body, headers = {}, patienceMs = 15_000 }: CallOptions = {},
): Promise<Reply<T>> {
  const isJson = body !== undefined && !(body instanceof FormData);
  const response = await fetch(origin + path, {
    method,
    headers: {
      ...(isJson && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    signal: AbortSignal.timeout(patienceMs),
    ...(body !== undefined && { body: isJson ? JSON.stringify(body) : body }),
  });
  const text = await response.text();
  const saysJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    body: (saysJson && text !== '' ? JSON.parse(text) : undefined) as T,
  };
}

/** The word of a problem body, or nothing for any other. */
export function codeOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
}
