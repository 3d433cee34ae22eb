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

export function makeWatchedReader(reader: Reader, bulkReads: BulkReads): Reader {
  const questions = new WeakMap<readonly Root[], BulkQuestion | null>();
  const find = (roots: readonly Root[]): BulkQuestion | null => {
    const known = questions.get(roots);
    if (known !== undefined) return known;
    const found = findBulkQuestion(roots, reader.model);
    const question = found === null || found.most < bulkReads.threshold ? null : found;
    questions.set(roots, question);
    return question;
  };
  return {
    ...reader,
    async readRoots(viewer, roots, options = {}) {
      const text = await reader.readRoots(viewer, roots, options);
      const pulled = collectionsOf(roots);
      if (pulled !== null) recordPull(bulkReads, viewer, pulled, countRows(text), options);
      const question = find(roots);
      if (question === null) return text;
      const rows = countRows(text);
      if (rows >= bulkReads.threshold) {
        const { resource, filters } = question;
        const { given = {}, requestId = null } = options;
        const filter = printFilters(filters, given);
        bulkReads.record({ viewer, transport: 'graphql', resource, filter, rows, requestId });
      }
      return text;
    },
  };
}

/** The names of the collections that are pulled; null where none is. */
function collectionsOf(roots: readonly Root[]): string | null {
  const names = roots.flatMap((root) => (root.kind === 'pull' ? root.pull.collection.name : []));
  return names.length === 0 ? null : names.join();
}

/** Whatever comes to a device leaves the house; a poll that finds nothing does not. */
function recordPull(
  bulkReads: BulkReads,
  viewer: Viewer,
  resource: string,
  rows: number,
  options: AnswerOptions,
): void {
  const requestId = options.requestId ?? null;
  if (rows > 0) bulkReads.record({ viewer, transport: 'sync', resource, filter: null, rows, requestId });
}
