/**
 * The server itself, within the customer of a caller. Whoever reads with it narrows the question down to the caller:
 * a phone is told what became of its own, also after the permission to read others' has ended.
 */
import { makeSystemViewer, type Viewer } from '../access/viewer.ts';

export function systemFor({ customerId, organizationGroupId, client }: Viewer): Viewer {
  return makeSystemViewer({ customerId, organizationGroupId, client });
}
