/** Lists of personal data on their way into the read log, when they are long enough for that. */
import type { FastifyRequest } from 'fastify';
import type { Viewer } from '../access/viewer.ts';
import type { BulkReads } from '../audit/bulk-reads.ts';
import type { Given } from '../late.ts';
import { printFilters } from '../read/bulk-question.ts';
import type { ListSelection } from '../read/selection.ts';

export interface ListedRows {
  readonly request: FastifyRequest;
  readonly viewer: Viewer;
  readonly list: ListSelection;
  readonly given: Given;
}

export type RecordList = (listed: ListedRows, rows: number) => void;

export function makeRecordList(bulkReads: BulkReads): RecordList {
  return ({ request, viewer, list: { resource, filter }, given }, rows) => {
    if (rows < bulkReads.threshold || resource.declaration.personal !== true) return;
    const text = printFilters([filter], given);
    const { id: requestId } = request;
    bulkReads.record({ viewer, transport: 'rest', resource: resource.label, filter: text, rows, requestId });
  };
}

/** The same rows; how many of them were taken is told at the end, however it comes. */
export async function* countTaken(
  batches: AsyncIterable<readonly string[]>,
  tell: (rows: number) => void,
): AsyncGenerator<readonly string[], void> {
  let rows = 0;
  try {
    for await (const batch of batches) {
      rows += batch.length;
      yield batch;
    }
  } finally {
    tell(rows);
  }
}
