/** What leaves through the change feed is in the read log, like all that leaves in bulk. */
import type { Viewer } from '../access/viewer.ts';
import type { BulkReads } from '../audit/bulk-reads.ts';

export function recordChanges(bulkReads: BulkReads, viewer: Viewer, entries: string, requestId: string): void {
  // Each has a line of its own.
  const rows = entries.split('\n').length - 1;
  if (rows > 0) bulkReads.record({ viewer, transport: 'feed', resource: 'changes', filter: null, rows, requestId });
}
