/**
 * What a person at the office decides about something that could not be taken: the server keeps what it has, what was
 * sent is written over it, or a version that the person has made of both. The row is written by the person, with their
 * own rights, by the one write function; the rejection then says who decided what, and when.
 *
 * Row and rejection are two transactions. A process that dies between them leaves the rejection open, and deciding the
 * same once more changes the row no further.
 */
import { writableGroups } from '../access/scope.ts';
import { makeSystemViewer, type Viewer } from '../access/viewer.ts';
import type { Clock } from '../clock.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { matchesEtag } from '../patch/etag.ts';
import { invalidInput, Problem } from '../problem.ts';
import { wholeData } from '../read/envelope.ts';
import type { Reader, RowsQuestion } from '../read/reader.ts';
import type { Change, Etags, Patch, Verdict } from '../write/change.ts';
import { etagRequired, forbidden, notFound, stale } from '../write/problems.ts';
import type { Writer } from '../write/writer.ts';
import { isUuid } from '../uuid.ts';
import { makePushRow } from './push/push-row.ts';
import { makePushedCollections } from './push/pushed-collections.ts';

export type Decision = 'keep' | 'force' | 'merge';

export interface Resolution {
  readonly id: string;
  readonly etags: Etags;
  readonly decision: Decision;
  /** Members of the document that are otherwise than they were sent; for `merge` alone. */
  readonly merged: Json;
  readonly requestId: string | null;
}

/** Resolves when the rejection is settled. Throws the Problem of the row where it still cannot be written. */
export type ResolveRejection = (viewer: Viewer, resolution: Resolution) => Promise<void>;

const outcomes: Readonly<Record<Decision, string>> = { keep: 'kept', force: 'forced', merge: 'merged' };

interface Parts {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly clock: Clock;
}

interface Found {
  readonly etag: string;
  readonly securityGroupId: string;
  readonly data: JsonObject;
}

export function makeResolveRejection(parts: Parts): ResolveRejection {
  const { reader, writer, clock } = parts;
  const resource = reader.model.get('syncRejection');
  const find = makeFind(resource, reader);
  return async (viewer, { id, etags, decision, merged, requestId }) => {
    checkMerged(decision, merged);
    const { etag, data } = await find(viewer, id, etags);
    if (decision !== 'keep') await writeVersion(viewer, data, isJsonObject(merged) ? merged : {}, requestId, parts);
    const sets = { status: outcomes[decision], resolved: clock.now().toISOString(), resolvedById: viewer.userId };
    const change: Patch = {
      ...{ kind: 'patch', id, etags: [etag] },
      operations: () => Object.entries(sets).map(([name, value]) => ({ op: 'replace', path: `/${name}`, value })),
    };
    const { customerId, organizationGroupId, client } = viewer;
    const system = makeSystemViewer({ customerId, organizationGroupId, client });
    throwIfRefused(await write(writer, system, resource, change, requestId));
  };
}

function checkMerged(decision: Decision, merged: Json): void {
  const message = decision === 'merge' ? 'must be an object with the members that are otherwise' : 'belongs to a merge';
  if (isJsonObject(merged) !== (decision === 'merge')) throw invalidInput([{ pointer: '/merged', message }]);
}

/** Order of refusals: 404, 403, 428, 412, 400. */
function makeFind(resource: Resource, reader: Reader) {
  const group = resource.envelope.find(({ path }) => path[0] === 'securityGroupId')!;
  const question: RowsQuestion = {
    ...{ resource, spelling: 'document', deleted: 'exclude' },
    members: [
      { kind: 'attribute', key: 'securityGroupId', attribute: group },
      { kind: 'object', key: 'data', members: wholeData(resource) },
    ],
  };
  return async (viewer: Viewer, id: string, etags: Etags): Promise<Found> => {
    const rows = isUuid(id) ? await reader.readRows(viewer, question, [id.toLowerCase()]) : new Map<string, never>();
    const [row] = rows.values();
    if (row === undefined) throw notFound(resource, id);
    const found = { etag: row.etag, ...(JSON.parse(row.text) as Omit<Found, 'etag'>) };
    const writable = writableGroups(viewer, 'modify', resource);
    if (writable !== 'all' && !writable.has(found.securityGroupId)) {
      throw forbidden('modify', resource, "in this row's security group");
    }
    if (etags === null) throw etagRequired();
    if (!matchesEtag(etags, row.etag)) throw stale(row.etag);
    if (found.data['status'] !== 'open') {
      throw invalidInput([
        { pointer: '/id', message: `must be an open one; this one is ${String(found.data['status'])}` },
      ]);
    }
    return found;
  };
}

/** Writes what was sent, with what is otherwise now, over what there is. */
async function writeVersion(
  viewer: Viewer,
  { collection: name, payload, assumed }: JsonObject,
  merged: JsonObject,
  requestId: string | null,
  { reader, writer }: Parts,
): Promise<void> {
  const collection = makePushedCollections(reader.model).get(String(name))!;
  const sent = JSON.parse(String(payload)) as JsonObject & { readonly id: string };
  const row = makePushRow({
    assumedMasterState: typeof assumed === 'string' ? (JSON.parse(assumed) as Json) : null,
    newDocumentState: { ...sent, ...merged, id: sent.id },
  });
  const current = await collection.readCurrent([row], { viewer, atOffice: true }, reader);
  const change = collection.makeForcedChange(row, current.get(row.id.toLowerCase()));
  throwIfRefused(await write(writer, viewer, collection.resource, change, requestId));
}

async function write(
  writer: Writer,
  viewer: Viewer,
  resource: Resource,
  change: Change,
  requestId: string | null,
): Promise<Verdict> {
  const options = { onError: 'abort', members: [], spelling: 'document', requestId } as const;
  const [verdict] = await writer.write(viewer, resource, [change], options);
  return verdict!;
}

function throwIfRefused(verdict: Verdict): void {
  if ('problem' in verdict) throw new Problem(verdict.problem.code, verdict.problem.detail, verdict.problem.facts);
}
