/** One request, encoded beforehand, with what its answer must look like. */
export interface Request {
  /** The whole HTTP/1.1 request; Latin-1 characters only. */
  readonly bytes: string;
  /** Any other status is a failure. */
  readonly statuses: readonly number[];
  /** A shorter body is a failure: an empty page must not pass for a fast one. */
  readonly minBodyBytes: number;
  /** Called with the body, for clients whose next request depends on it. */
  readonly onBody?: (body: string, status: number) => void;
}

interface RequestParts {
  method?: 'GET' | 'POST';
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** ASCII JSON. */
  body?: string;
}

/** Encodes a request for a server on this machine. */
export function encodeRequest({ method = 'GET', path, headers = {}, body }: RequestParts): string {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1'];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (body !== undefined) {
    lines.push('Content-Type: application/json', `Content-Length: ${body.length}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}
