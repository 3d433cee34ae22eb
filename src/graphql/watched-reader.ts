/**
 * The reader as GraphQL uses it: what could bring personal data in bulk is counted when it has come, and recorded in the
 * read log where it did. Questions about a few rows are not looked at.
 */
import type { Viewer } from '../access/viewer.ts';
import type { BulkReads } from '../audit/bulk-reads.ts';
import { type BulkQuestion, findBulkQuestion, printFilters } from '../read/bulk-question.ts';
import { countRows } from '../read/list-sql.ts';
import type { AnswerOptions, Reader } from '../read/reader.ts';
import type { Root } from '../read/roots-sql.ts';

/** What is looked at in the answer of a question. */
interface Watched {
  /** The names of the collections that are pulled. */
  readonly pulled: string | null;
  readonly bulk: BulkQuestion | null;
}

export function makeWatchedReader(reader: Reader, bulkReads: BulkReads): Reader {
  const questions = new WeakMap<readonly Root[], Watched | null>();
  const find = (roots: readonly Root[]): Watched | null => {
    const known = questions.get(roots);
    if (known !== undefined) return known;
    const pulled = collectionsOf(roots);
    const found = findBulkQuestion(roots, reader.model);
    const bulk = found === null || found.most < bulkReads.threshold ? null : found;
    const watched = pulled === null && bulk === null ? null : { pulled, bulk };
    questions.set(roots, watched);
    return watched;
  };
  const record = (viewer: Viewer, { pulled, bulk }: Watched, rows: number, options: AnswerOptions): void => {
    const { given = {}, requestId = null } = options;
    // Whatever comes to a device leaves the house; a poll that finds nothing does not.
    if (pulled !== null && rows > 0) {
      bulkReads.record({ viewer, transport: 'sync', resource: pulled, filter: null, rows, requestId });
    }
    if (bulk !== null && rows >= bulkReads.threshold) {
      const { resource, filters } = bulk;
      bulkReads.record({
        viewer,
        transport: 'graphql',
        resource,
        filter: printFilters(filters, given),
        rows,
        requestId,
      });
    }
  };
  return {
    ...reader,
    readRoots(viewer, roots, options = {}) {
      const answer = reader.readRoots(viewer, roots, options);
      const watched = find(roots);
      if (watched === null) return answer;
      return answer.then((text) => {
        record(viewer, watched, countRows(text), options);
        return text;
      });
    },
  };
}

/** Null where nothing is pulled. */
function collectionsOf(roots: readonly Root[]): string | null {
  const names = roots.flatMap((root) => (root.kind === 'pull' ? root.pull.collection.name : []));
  return names.length === 0 ? null : names.join();
}
