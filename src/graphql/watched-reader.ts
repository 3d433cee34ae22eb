/**
 * The reader as GraphQL uses it: what could bring personal data in bulk is counted when it has come, and recorded in the
 * read log where it did. Questions about a few rows are not looked at.
 */
import type { BulkReads } from '../audit/bulk-reads.ts';
import { type BulkQuestion, findBulkQuestion, printFilters } from '../read/bulk-question.ts';
import { countRows } from '../read/list-sql.ts';
import type { Reader } from '../read/reader.ts';
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
