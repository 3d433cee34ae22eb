/**
 * What became of visits that a device sent. A receipt says when the visit arrived, and says so for good: it is that of
 * the first time, however often it was sent, and stays when the visit is corrected or deleted.
 */
import type { Viewer } from '../access/viewer.ts';
import type { Reader, RowsQuestion } from '../read/reader.ts';
import type { Output } from '../read/selection.ts';
import { isUuid } from '../uuid.ts';
import { readRejected } from './read-rejected.ts';
import { systemFor } from './system-for.ts';

export interface Receipt {
  /** As it was asked for. */
  readonly id: string;
  readonly verdict: 'accepted' | 'rejected' | 'unknown';
  /** ISO 8601; null when nothing has arrived. */
  readonly received: string | null;
  readonly code: string | null;
  readonly reason: string | null;
}

/** One for each id, in its place. Nobody learns of visits that others made. */
export type ReadReceipts = (viewer: Viewer, ids: readonly string[]) => Promise<readonly Receipt[]>;

export function makeReadReceipts({ reader }: { readonly reader: Reader }): ReadReceipts {
  const interaction = reader.model.get('interaction');
  const attribute = (...path: readonly string[]): Output => {
    const found = interaction.envelope.find((each) => each.path.join('.') === path.join('.'))!;
    return { kind: 'attribute', key: path.at(-1)!, attribute: found };
  };
  const accepted: RowsQuestion = {
    ...{ resource: interaction, spelling: 'document', deleted: 'include' },
    members: [attribute('meta', 'created'), attribute('meta', 'createdBy')],
  };
  return async (viewer, ids) => {
    const wanted = [...new Set(ids.map((id) => id.toLowerCase()).filter(isUuid))];
    const own = systemFor(viewer);
    const rows = wanted.length === 0 ? new Map<string, never>() : await reader.readRows(own, accepted, wanted);
    const rejected = await readRejected(viewer, ids, reader);
    return ids.map((id): Receipt => {
      const row = rows.get(id.toLowerCase());
      const made = row === undefined ? null : (JSON.parse(row.text) as { created: string; createdBy: string | null });
      if (made !== null && made.createdBy === viewer.userId) {
        return { id, verdict: 'accepted', received: made.created, code: null, reason: null };
      }
      const refusal = rejected.get(id);
      if (refusal === undefined) return { id, verdict: 'unknown', received: null, code: null, reason: null };
      const { created, code, reason } = refusal;
      return { id, verdict: 'rejected', received: created, code, reason };
    });
  };
}
