/** Copies of what a caller may see, out of one snapshot of the database. */
import type { Viewer } from '../access/viewer.ts';
import { Late } from '../late.ts';
import type { Model } from '../model.ts';
import type { Snapshot } from '../store/snapshot.ts';
import type { Database } from '../store/database.ts';
import { makeGroupSets } from '../store/group-sets.ts';
import { mapValues, type Sql } from '../store/sql.ts';
import { FromViewer } from './compiled.ts';
import { makeReadContext, type ReadContext } from './context.ts';
import { type Asked, type AskedOf, compileAsked } from './copy-asked.ts';
import type { CopyOptions, CopyQuestion } from './copy-question.ts';
import { compileCopy, compileCopyCount } from './copy-sql.ts';
import { compileNode } from './node-sql.ts';
import { keepSets } from './reader.ts';

export interface Copier {
  /** Stores what the statements of this caller ask for; to be done before a snapshot is opened, which writes nothing. */
  prepare(viewer: Viewer): Promise<void>;
  /** The chunks end anywhere: CSV and NDJSON without a head, or the binary form of COPY for Parquet. */
  copy(viewer: Viewer, snapshot: Snapshot, question: CopyQuestion, options: CopyOptions): AsyncGenerator<Buffer, void>;
  /** The questions that rows can have answers to, as far as the caller may see them. */
  listAsked(viewer: Viewer, snapshot: Snapshot, of: AskedOf): Promise<readonly Asked[]>;
  /** How many rows the copy will have. */
  count(viewer: Viewer, snapshot: Snapshot, question: CopyQuestion): Promise<number>;
}

const forms = { csv: 'csv', ndjson: 'lines', parquet: 'binary' } as const;

export function makeCopier({
  database,
  model,
}: {
  readonly database: Pick<Database, 'read'>;
  readonly model: Model;
}): Copier {
  const groupSets = makeGroupSets(database);
  const compileFor = (viewer: Viewer, write: (context: ReadContext) => Sql): Sql => {
    const context = makeReadContext(model, viewer, 'document', compileNode);
    return mapValues(write(context), (value) => {
      if (value instanceof Late) throw new Error('A copy was asked for with a value that is yet to come');
      return value instanceof FromViewer ? value.of(viewer) : value;
    });
  };
  return {
    async prepare(viewer) {
      // Relations reach any resource, and what they reach is known only to the statement.
      await keepSets(model.resources, viewer, groupSets);
    },
    copy: (viewer, snapshot, question, options) =>
      snapshot.copy(
        compileFor(viewer, (context) => compileCopy(question, options, context)),
        forms[options.format],
      ),
    listAsked: (viewer, snapshot, of) =>
      snapshot.query<Asked>(compileFor(viewer, (context) => compileAsked(of, context))),
    async count(viewer, snapshot, question) {
      const counted = compileFor(viewer, (context) => compileCopyCount(question, context));
      const [row] = await snapshot.query<{ rows: string }>(counted);
      return Number(row!.rows);
    },
  };
}
