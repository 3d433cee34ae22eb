/**
 * The range of bytes that a client wants (RFC 9110 §14): the one it names, or all of it. Several ranges at once, and
 * units that nobody knows, may be passed over, and are.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../problem.ts';

/** First and last byte, both included; null for all of it. */
export function parseRange(
  { range, 'if-range': ifRange }: IncomingHttpHeaders,
  { bytes, etag }: { readonly bytes: number; readonly etag: string },
): readonly [from: number, to: number] | null {
  // §13.1.5: for another version than the one that there is, everything is sent. Dates are not ours to compare.
  if (range === undefined || (ifRange !== undefined && String(ifRange).trim() !== etag)) return null;
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range.replaceAll(/\s/g, '')) ?? [];
  if (first === '' && last === '') return null;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (from < bytes && from <= to) return [from, to];
  const detail = `There are ${bytes} bytes, and none in the range that was asked for.`;
  throw new Problem('RANGE_NOT_SATISFIABLE', detail, { length: bytes });
}
