/**
 * The end of a shift: a device says which visits it has, and is told whether the server has every one of them. Mostly a
 * number and a hash suffice; where they differ the device names its ids, and the answer names those that never arrived.
 */
import { createHash } from 'node:crypto';
import type { Viewer } from '../access/viewer.ts';
import { and, compare } from '../filter/tree.ts';
import { Late } from '../late.ts';
import { type Fault, invalidInput } from '../problem.ts';
import type { PageQuestion, Reader } from '../read/reader.ts';
import { isUuid } from '../uuid.ts';
import type { ReadReceipts } from './receipts.ts';
import { systemFor } from './system-for.ts';

export interface ShiftClaim {
  readonly walklistId: string;
  /** How many visits the device made with this walklist and has not deleted. */
  readonly count: number;
  /** What hashIds says of their ids. */
  readonly hash: string;
  readonly ids: readonly string[] | null;
}

export interface ShiftProof {
  readonly walklistId: string;
  /** Nothing that the device has made is missing here. */
  readonly isComplete: boolean;
  /** How many visits of this person with this walklist there are. */
  readonly count: number;
  readonly hash: string;
  /** Ids that never arrived; null where the device has not named its own. */
  readonly missing: readonly string[] | null;
  /** Ids that arrived and were refused. */
  readonly rejected: readonly string[] | null;
}

export type ProveShift = (viewer: Viewer, claims: readonly ShiftClaim[]) => Promise<readonly ShiftProof[]>;

/** More than anybody walks. */
const most = 10_000;

/** SHA-256 in hex of the ids in lower case, sorted by code unit and each followed by a newline. */
export function hashIds(ids: readonly string[]): string {
  const sorted = ids.map((id) => id.toLowerCase()).sort();
  return createHash('sha256')
    .update(sorted.map((id) => `${id}\n`).join(''))
    .digest('hex');
}

export function makeProveShift({ reader, readReceipts }: { reader: Reader; readReceipts: ReadReceipts }): ProveShift {
  const question = makeQuestion(reader);
  return async (viewer, claims) => {
    const faults = claims.flatMap(findFaults);
    if (faults.length > 0) throw invalidInput(faults);
    return Promise.all(claims.map((claim) => prove(viewer, claim)));
  };

  async function prove(viewer: Viewer, claim: ShiftClaim): Promise<ShiftProof> {
    const { walklistId } = claim;
    const given = { walklistId: walklistId.toLowerCase(), userId: viewer.userId };
    const { rows } = await reader.readPage(systemFor(viewer), question, { given });
    const there = (JSON.parse(`[${rows.toString()}]`) as readonly { readonly id: string }[]).map(({ id }) => id);
    const [count, hash] = [there.length, hashIds(there)];
    const isEqual = claim.count === count && claim.hash.toLowerCase() === hash;
    if (isEqual || claim.ids === null) {
      const none = isEqual ? [] : null;
      return { walklistId, isComplete: isEqual, count, hash, missing: none, rejected: none };
    }
    const receipts = await readReceipts(viewer, claim.ids);
    const idsOf = (verdict: string) => receipts.filter((receipt) => receipt.verdict === verdict).map(({ id }) => id);
    const missing = idsOf('unknown');
    return { walklistId, isComplete: missing.length === 0, count, hash, missing, rejected: idsOf('rejected') };
  }
}

function findFaults({ walklistId, ids }: ShiftClaim, index: number): readonly Fault[] {
  const place = `/claims/${index}`;
  const tooMany = `expected at most ${most} ids`;
  return [
    ...(isUuid(walklistId) ? [] : [{ pointer: `${place}/walklistId`, message: 'must be a UUID' }]),
    ...((ids?.length ?? 0) > most ? [{ pointer: `${place}/ids`, message: tooMany }] : []),
  ];
}

function makeQuestion({ model }: Reader): PageQuestion {
  const resource = model.get('interaction');
  const id = resource.envelope.find(({ path }) => path[0] === 'id')!;
  const filter = and(
    compare(['data', 'walklistId'], 'eq', Late.value('walklistId')),
    compare(['meta', 'createdBy'], 'eq', Late.value('userId')),
  );
  return {
    list: { resource, filter, sort: [], page: { skip: 0, limit: most, after: null }, deleted: 'exclude', members: [] },
    members: [{ kind: 'attribute', key: 'id', attribute: id }],
  };
}
