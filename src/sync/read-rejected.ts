/** What was sent under some ids and could not be taken: the last refusal of each, of this person alone. */
import type { Viewer } from '../access/viewer.ts';
import { and, compare } from '../filter/tree.ts';
import type { Reader } from '../read/reader.ts';
import type { ListSelection } from '../read/selection.ts';
import { wholeEnvelope } from '../read/envelope.ts';
import { systemFor } from './system-for.ts';

export interface Refusal {
  readonly code: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly created: string;
}

const most = 10_000;

export async function readRejected(
  viewer: Viewer,
  ids: readonly string[],
  reader: Reader,
): Promise<ReadonlyMap<string, Refusal>> {
  if (ids.length === 0) return new Map();
  const resource = reader.model.get('syncRejection');
  const filter = and(compare(['data', 'userId'], 'eq', viewer.userId), compare(['data', 'documentId'], 'in', [...ids]));
  const list: ListSelection = {
    ...{ resource, filter, deleted: 'exclude', members: [] },
    sort: [{ pointer: ['meta', 'created'], order: 'ASC' }],
    page: { skip: 0, limit: most, after: null },
  };
  const { rows } = await reader.readPage(systemFor(viewer), { list, members: wholeEnvelope(resource) });
  const found = JSON.parse(`[${rows.toString()}]`) as readonly {
    readonly data: { readonly documentId: string; readonly code: string; readonly reason: string };
    readonly meta: { readonly created: string };
  }[];
  return new Map(
    found.map(({ data: { documentId, code, reason }, meta: { created } }) => [documentId, { code, reason, created }]),
  );
}
