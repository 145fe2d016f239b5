import type { ByteRange } from '../../../platform/storage/file-store';

/** A part, everything, or a part that the file does not have. */
export type WantedRange = ByteRange | 'whole' | 'unsatisfiable';

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * What a `Range` header asks of a file of `size` bytes (RFC 9110, 14.2). A header that makes no
 * sense is as none, and so is one with several ranges: answering those is optional.
 */
export function wantedRange(header: string | undefined, size: number): WantedRange {
  const [, first = '', last = ''] = ONE_RANGE.exec(header ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') return lastBytes(Number(last), size);
  if (last !== '' && Number(last) < Number(first)) return 'whole';
  if (Number(first) >= size) return 'unsatisfiable';
  return { first: Number(first), last: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

function lastBytes(count: number, size: number): WantedRange {
  if (count === 0) return 'unsatisfiable';
  return { first: Math.max(0, size - count), last: size - 1 };
}
