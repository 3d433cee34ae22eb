/**
 * The etag that guards a change: in `etag`, as existing clients send it, or in `If-Match` (RFC 9110 §13.1.1). Where both
 * came both have to hold.
 *
 * A newcomer's mistake would be to throw for a malformed one. The row and the permission are checked before the etag
 * (404, 403, 428), so it counts as none for the writer, and its fault is told in place of ETAG_REQUIRED.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { parseEtags } from '../patch/etag.ts';
import { Problem } from '../problem.ts';
import type { Etags } from '../write/change.ts';

export interface GivenEtags {
  readonly etags: Etags;
  readonly fault: Problem | null;
}

export function readEtags(headers: IncomingHttpHeaders): GivenEtags {
  try {
    return { etags: both(findOwn(headers), findTags(headers['if-match'])), fault: null };
  } catch (error) {
    if (error instanceof Problem) return { etags: null, fault: error };
    throw error;
  }
}

function findTags(header: string | undefined): Etags {
  return header === undefined || header.trim() === '' ? null : parseEtags(header);
}

/** The header of existing clients holds one etag; lists and `*` belong to If-Match. */
function findOwn({ etag }: IncomingHttpHeaders): Etags {
  const tags = findTags(etag);
  if (tags === null || (tags !== '*' && tags.length === 1)) return tags;
  throw new Problem('MALFORMED_REQUEST', 'The header etag holds one etag; send several, or *, in If-Match.');
}

function both(one: Etags, other: Etags): Etags {
  if (one === null || other === '*') return one ?? other;
  if (other === null || one === '*') return other ?? one;
  return one.filter((tag) => other.includes(tag));
}
