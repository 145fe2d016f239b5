/** What a server answered. */
export interface Answer {
  status: number;
  head: string;
  body: Buffer;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * Puts one HTTP/1.1 answer together from the pieces a socket delivers. Knows no more than this
 * needs: a length, chunks, or no body at all. Fails on anything else.
 */
export class AnswerParser {
  private pending: Buffer | null = null;

  /** @returns the answer once it is whole; its body may share memory with `piece` */
  push(piece: Buffer): Answer | null {
    const bytes = this.pending === null ? piece : Buffer.concat([this.pending, piece]);
    const answer = parse(bytes);
    // The socket reuses the memory of `piece`.
    if (answer === null) this.pending = this.pending === null ? Buffer.from(piece) : bytes;
    else this.pending = null;
    return answer;
  }

  reset(): void {
    this.pending = null;
  }
}

function parse(bytes: Buffer): Answer | null {
  const endOfHead = bytes.indexOf(END_OF_HEAD);
  if (endOfHead === -1) return null;
  const head = bytes.toString('latin1', 0, endOfHead);
  const status = Number(head.slice(9, 12));
  const start = endOfHead + END_OF_HEAD.length;
  const length = bodyLength(head, status);
  if (length === null) {
    const body = readChunks(bytes, start);
    return body && { status, head, body };
  }
  if (bytes.length < start + length) return null;
  return { status, head, body: bytes.subarray(start, start + length) };
}

/** Null where the body comes in chunks. */
function bodyLength(head: string, status: number): number | null {
  if (status === 204 || status === 304) return 0;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return Number(length);
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return null;
  throw new Error(`An answer without a length: ${head.slice(0, 200)}`);
}

/** The body of RFC 9112 section 7.1, without trailers; null where the last chunk is not there yet. */
function readChunks(bytes: Buffer, start: number): Buffer | null {
  const chunks: Buffer[] = [];
  let position = start;
  for (;;) {
    const endOfLine = bytes.indexOf('\r\n', position);
    if (endOfLine === -1) return null;
    const size = Number.parseInt(bytes.toString('latin1', position, endOfLine), 16);
    const data = endOfLine + 2;
    if (bytes.length < data + size + 2) return null;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(data, data + size));
    position = data + size + 2;
  }
}
