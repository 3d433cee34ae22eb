/**
 * Begins an export: one snapshot, what is to be known of it, and its bytes in pieces as fast as somebody takes them.
 * What can be refused is refused here, before the first byte.
 */
import { readableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Model } from '../model.ts';
import type { Copier } from '../read/copier.ts';
import type { CopyQuestion } from '../read/copy-question.ts';
import { readPosition } from '../read/position.ts';

import type { StopSignal } from '../stop.ts';
import type { Database } from '../store/database.ts';
import { readSchemaVersion } from '../store/schema-version.ts';
import type { Snapshot } from '../store/snapshot.ts';
import { sql } from '../store/sql.ts';
import { forbidden } from '../write/problems.ts';
import { makeCsvHead } from './csv-head.ts';
import { makeEncodeLines } from './encode-lines.ts';
import { chooseColumns, type ExportRequest } from './export-request.ts';
import type { ExportFacts } from './manifest.ts';
import { makeEncodeParquet } from './parquet/encode-parquet.ts';
import type { Encode, Piece } from './piece.ts';

export interface OpenExport {
  readonly facts: ExportFacts;
  /** How many rows there will be. It costs a look at all of them. */
  count(): Promise<number>;
  /** To be read once. */
  readonly pieces: AsyncGenerator<Piece, void>;
  /** Also where nobody has read the pieces, or not all of them. */
  close(): Promise<void>;
}

export interface OpenExportOptions {
  readonly signal?: StopSignal | undefined;
  /** Behind an answer, and not for somebody who waits with a stream of their own. */
  readonly own?: boolean;
  readonly rowsPerPart?: number;
}

export type BeginExport = (viewer: Viewer, request: ExportRequest, options: OpenExportOptions) => Promise<OpenExport>;

export interface ExportSources {
  readonly database: Database;
  readonly model: Model;
  readonly copier: Copier;
}

export function makeBeginExport({ database, model, copier }: ExportSources): BeginExport {
  return async (viewer, request, { signal, own = false, rowsPerPart = Infinity }) => {
    const { resource, filter, deleted, shape, format, defused } = request;
    const groups = readableGroups(viewer, resource);
    if (groups !== 'all' && groups.size === 0) throw forbidden('read', resource, 'in any security group');
    await copier.prepare(viewer);
    const snapshot = await database.openSnapshot({ signal, own });
    try {
      const rows = { resource, filter, deleted };
      const made = await shape.make(rows, { model, viewer, copier, snapshot });
      const question: CopyQuestion = { ...rows, ...made, columns: chooseColumns(made.columns, request.columns) };
      const facts = await readFacts(snapshot, model, viewer, question);
      const copy = copier.copy(viewer, snapshot, question, { format: format.name, defused });
      return {
        facts,
        count: () => copier.count(viewer, snapshot, question),
        pieces: makeEncode(request, question, rowsPerPart)(copy),
        close: () => snapshot.close(),
      };
    } catch (error) {
      await snapshot.close();
      throw error;
    }
  };
}

async function readFacts(
  snapshot: Snapshot,
  model: Model,
  viewer: Viewer,
  { columns }: CopyQuestion,
): Promise<ExportFacts> {
  const position = await readPosition(snapshot, model, viewer);
  const [row] = await snapshot.query<{ taken: string }>(sql`SELECT doorstep_iso(now()) AS taken`);
  return {
    position,
    snapshot: row!.taken,
    schemaVersion: await readSchemaVersion(snapshot),
    columns: columns.map(({ name, field }) => ({ name, type: field.parquet.type })),
  };
}

function makeEncode({ format, bom, defused }: ExportRequest, { columns }: CopyQuestion, rowsPerPart: number): Encode {
  switch (format.name) {
    case 'csv': {
      const head = makeCsvHead(
        columns.map(({ name }) => name),
        { bom, defused },
      );
      return makeEncodeLines({ head, isCsv: true, rowsPerPart });
    }
    case 'ndjson':
      return makeEncodeLines({ head: '', isCsv: false, rowsPerPart });
    case 'parquet': {
      const typed = columns.map(({ name, field, required }) => ({ name, type: field.parquet.type, required }));
      return makeEncodeParquet({ columns: typed, rowsPerPart });
    }
  }
}
