/**
 * Keeps what a device sent and nobody could take. The same refusal sent again is the same rejection: its id follows from
 * who sent what, so an answer that was lost on its way does not fill the inbox.
 */
import { createHash } from 'node:crypto';
import { makeSystemViewer, type Viewer } from '../../access/viewer.ts';
import type { JsonObject } from '../../json.ts';
import { findTextFault } from '../../json-limits.ts';
import { canonicalJson } from '../../patch/canonical.ts';
import type { Problem } from '../../problem.ts';
import type { Reader } from '../../read/reader.ts';
import type { Create } from '../../write/change.ts';
import type { Writer } from '../../write/writer.ts';
import type { PushRow } from './push-row.ts';

export interface Rejected {
  readonly row: PushRow;
  readonly problem: Problem;
  readonly references: JsonObject;
}

export interface RejectionParts {
  readonly reader: Reader;
  readonly writer: Writer;
}

const longestReason = 4_096;
const longestId = 1_024;

export async function storeRejections(
  viewer: Viewer,
  collection: string,
  rejected: readonly Rejected[],
  requestId: string | null,
  { reader, writer }: RejectionParts,
): Promise<void> {
  if (rejected.length === 0) return;
  const { customerId, userId, client, organizationGroupId } = viewer;
  const resource = reader.model.get('syncRejection');
  const changes = rejected.map(({ row, problem, references }): Create => {
    const data = {
      ...{ status: 'open', userId, collection, documentId: printable(row.id).slice(0, longestId) },
      ...{ code: problem.code, reason: printable(problem.detail).slice(0, longestReason) },
      payload: JSON.stringify(row.wanted),
      assumed: row.assumed === null ? null : JSON.stringify(row.assumed),
      ...references,
    };
    const id = rejectionId([userId, collection, row.wanted, row.assumed]);
    return { kind: 'create', id, securityGroupId: organizationGroupId, data, params: {} };
  });
  const system = makeSystemViewer({ customerId, organizationGroupId, client });
  const options = { onError: 'continue', members: [], spelling: 'document', requestId } as const;
  const verdicts = await writer.write(system, resource, changes, options);
  for (const verdict of verdicts) {
    // Refused for the same reason or for another: it is in the inbox since the first time.
    if ('problem' in verdict && verdict.problem.code !== 'ID_TAKEN') throw lost(verdict.problem);
  }
}

/** A device that is told so sends it again; one that believed it to be kept would forget it. */
function lost({ detail }: Problem): Error {
  return new Error(`A rejection could not be stored: ${detail}`);
}

/** RFC 9562 §5.8: version 8, of a digest. */
function rejectionId(of: JsonObject[keyof JsonObject][]): string {
  const bytes = createHash('sha256').update(canonicalJson(of)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A text that PostgreSQL keeps: JSON spells what it does not. */
function printable(text: string): string {
  return findTextFault(text) === null ? text : JSON.stringify(text);
}
