/**
 * What a device sends when it has a signal again: one verdict for each row, and never an exception for the data's sake,
 * because RxDB sends a call that failed again for ever, and one bad row would block everything behind it. The answer
 * holds only the rows that could not be taken, as the server has them; what could not be taken is kept as a rejection.
 *
 * A newcomer's mistake would be to answer with a row that equals what was pushed: RxDB then neither marks it as pushed
 * nor lets a later pull replace it.
 */
import type { Viewer } from '../../access/viewer.ts';
import type { Clock } from '../../clock.ts';
import type { Json } from '../../json.ts';
import type { Log } from '../../log.ts';
import { Problem } from '../../problem.ts';
import type { Reader } from '../../read/reader.ts';
import type { Change, Verdict } from '../../write/change.ts';
import type { Writer } from '../../write/writer.ts';
import type { PushRow } from './push-row.ts';
import type { Asking, CurrentDocument, PushedCollection } from './pushed-collection.ts';
import { storeRejections } from './rejections.ts';

export interface PushParts {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly log: Log;
}

/** The documents that the device has to take over, each under the id that it was pushed with. */
export type PushAnswer = readonly Readonly<Record<string, Json>>[];

/** Throws only what is worth sending again: a database that is away. */
export type Push = (
  viewer: Viewer,
  collection: PushedCollection,
  rows: readonly PushRow[],
  requestId: string | null,
) => Promise<PushAnswer>;

interface Refused {
  readonly row: PushRow;
  readonly problem: Problem;
}

export function makePush(parts: PushParts): Push {
  return async (viewer, collection, rows, requestId) => {
    const asking = { viewer, now: parts.clock.now().toISOString() };
    const problems = await write(collection, rows, asking, requestId, parts);
    const refused = rows.flatMap((row, index) => {
      const problem = problems[index]!;
      return problem === null || isSettled(row, problem) ? [] : [{ row, problem }];
    });
    return refused.length === 0 ? [] : answer(collection, refused, asking, requestId, parts);
  };
}

/** Somebody else has deleted what was to be deleted. */
function isSettled({ isDeleted }: PushRow, { code }: Problem): boolean {
  return isDeleted && code === 'NOT_FOUND';
}

/** For each row null, or why it was not taken. */
async function write(
  collection: PushedCollection,
  rows: readonly PushRow[],
  asking: Asking,
  requestId: string | null,
  parts: PushParts,
): Promise<readonly (Problem | null)[]> {
  const changes = rows.map((row) => collection.makeChange(row, asking));
  const possible = changes.filter((change): change is Change => !(change instanceof Problem));
  const verdicts = await writeAll(collection, possible, asking, requestId, parts);
  let next = 0;
  return changes.map((change) => {
    if (change instanceof Problem) return change;
    const verdict = verdicts[next++]!;
    return 'problem' in verdict ? verdict.problem : null;
  });
}

async function writeAll(
  collection: PushedCollection,
  changes: readonly Change[],
  asking: Asking,
  requestId: string | null,
  parts: PushParts,
): Promise<readonly Verdict[]> {
  if (changes.length === 0) return [];
  try {
    const options = { onError: 'continue', members: [], spelling: 'document', requestId } as const;
    return await parts.writer.write(asking.viewer, collection.resource, changes, options);
  } catch (error) {
    if (isPassing(error)) throw error;
    if (changes.length === 1) return [{ problem: await describeBug(error, parts) }];
    // A bug that one row sets off is not to hold up the others.
    const verdicts: Verdict[] = [];
    for (const change of changes) verdicts.push(...(await writeAll(collection, [change], asking, requestId, parts)));
    return verdicts;
  }
}

/** What another try may not meet again. */
function isPassing(error: unknown): boolean {
  return error instanceof Problem && error.status === 503;
}

async function describeBug(error: unknown, { log }: PushParts): Promise<Problem> {
  log.error({ err: error }, 'a pushed row could not be written');
  return new Problem('INTERNAL', 'The row could not be written. It is kept, and somebody will look at it.');
}

async function answer(
  collection: PushedCollection,
  refused: readonly Refused[],
  asking: Asking,
  requestId: string | null,
  parts: PushParts,
): Promise<PushAnswer> {
  const current = await collection.readCurrent(
    refused.map(({ row }) => row),
    asking,
    parts.reader,
  );
  const found = ({ id }: PushRow): CurrentDocument | undefined => current.get(id.toLowerCase());
  // The device has what the server has: nothing to take over, and nothing lost.
  const open = refused.filter(({ row }) => {
    const now = found(row);
    return now === undefined || !collection.hasAll(row, now);
  });
  // A conflict is no rejection: the device gets what there is, and its person sees it.
  const rejected = open.filter(({ row, problem }) => problem.code !== 'PATCH_TEST_FAILED' || found(row) === undefined);
  await storeRejections(
    asking.viewer,
    collection.name,
    rejected.map(({ row, problem }) => ({ row, problem, references: collection.references(row, found(row)) })),
    requestId,
    parts,
  );
  return open
    .filter(({ row }) => found(row) !== undefined || !row.isDeleted)
    .map(({ row }) => ({ isDeleted: false, ...(found(row)?.document ?? tombstone), id: row.id }));
}

/** Names a document and nothing else; the position is before every pull. */
const tombstone: Readonly<Record<string, Json>> = { isDeleted: true, syncSeq: '0' };
