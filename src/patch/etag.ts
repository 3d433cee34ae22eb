/**
 * The etags that a client sends back, in `etag`, `If-Match` or `If-None-Match` (RFC 9110 §8.8.3, §13.1). Clients send
 * them bare as often as quoted. `W/` is read and ignored: a proxy that compresses marks our strong tags as weak, and
 * each of them still names exactly one version of one row.
 */
import { Problem } from '../problem.ts';

/** More than any client means; a header this long is an attack or a bug. */
const maximumTags = 100;

/** The characters of RFC 9110's etagc; a bare tag can hold neither a comma nor a quote. */
const entry = /^(?:W\/)?(?:"([\x21\x23-\x7e\x80-\xff]*)"|([\x21\x23-\x2b\x2d-\x7e]+))$/;

/** The tags without quotes and `W/`, or `*` for any version. */
export function parseEtags(header: string): readonly string[] | '*' {
  if (header.trim() === '*') return '*';
  // RFC 9110 §5.6.1.2: empty elements of a list are passed over.
  const parts = splitList(header).filter((part) => part !== '');
  const tags = parts.map((part) => {
    const match = part === '*' ? null : entry.exec(part);
    if (match === null) throw malformed(part);
    return match[1] ?? match[2] ?? '';
  });
  if (tags.length === 0 || tags.length > maximumTags) throw malformed(header);
  return tags;
}

/** Whether the current etag (bare, as in `meta.etag`) is among those that were sent. */
export function matchesEtag(tags: readonly string[] | '*', current: string): boolean {
  return tags === '*' || tags.includes(current);
}

/** Splits at the commas that stand outside quotes: RFC 9110 allows a comma inside a quoted tag. */
function splitList(header: string): readonly string[] {
  return (header.match(/(?:[^,"]|"[^"]*"?)+/g) ?? []).map((part) => part.trim());
}

function malformed(found: string): Problem {
  const shown = found.length > 64 ? `${found.slice(0, 63)}…` : found;
  return new Problem(
    'MALFORMED_REQUEST',
    `Expected an etag such as "abc", or several with commas; found ${shown || 'nothing'}.`,
  );
}
