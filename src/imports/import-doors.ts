/**
 * Imports a file: reads rows, makes doors of them, hands them on in batches and keeps the books. Every row of the file
 * ends in exactly one of the summary's counts. The writer's batches can be repeated, so an import that was interrupted
 * is finished by running it again.
 */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import { checkHeader } from './check-header.ts';
import type { DoorWriter } from './door.ts';
import type { Geocodes } from './geocodes.ts';
import { type ImportSummary, makeBooks } from './import-summary.ts';
import { makeJudge, type Outcome } from './judge-row.ts';
import type { Encoding, Layout } from './layout.ts';
import { type OpenFile, openRows } from './read-rows.ts';
import { openRejects, type Rejects } from './rejects.ts';

export interface ImportProgress {
  readonly bytes: number;
  /** Unknown for a stream. */
  readonly totalBytes: number | null;
  readonly rows: number;
  readonly rejected: number;
}

export interface ImportOptions {
  readonly source: string | Readable;
  readonly layout: Layout;
  /** Outranks the layout's. */
  readonly encoding?: Encoding;
  readonly writer: DoorWriter;
  readonly rejects: string | Writable;
  readonly clock: Clock;
  readonly geocodes?: Geocodes;
  readonly cityOfZip?: (zip: string) => string | null;
  readonly batchSize?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops after the batch that is being written. */
  readonly signal?: AbortSignal;
}

export async function importDoors(options: ImportOptions): Promise<ImportSummary> {
  const { source, layout } = options;
  if (
    typeof source === 'string' &&
    typeof options.rejects === 'string' &&
    resolve(source) === resolve(options.rejects)
  ) {
    throw new Problem('INVALID_INPUT', `The rejects cannot be written over the file that is imported (${source}).`);
  }
  const delimiter = layout.delimiter ?? ',';
  const encoding = options.encoding ?? layout.encoding ?? 'utf-8';
  let bytes = 0;
  const file = await openRows({ source, delimiter, encoding, onBytes: (count) => (bytes += count) });
  try {
    checkHeader(file.header, layout);
    const totalBytes = typeof source === 'string' ? (await stat(source)).size : null;
    const marked = file.marked || encoding !== 'utf-8';
    const rejects = await openRejects({ target: options.rejects, header: file.header, delimiter, marked });
    try {
      return await importRows(options, file, rejects, (counts) =>
        options.onProgress?.({ bytes, totalBytes, ...counts }),
      );
    } finally {
      await rejects.close();
    }
  } finally {
    file.close();
  }
}

async function importRows(
  { batchSize = 250, clock, signal, writer, ...options }: ImportOptions,
  { header, rows }: OpenFile,
  rejects: Rejects,
  report: (counts: Pick<ImportProgress, 'rows' | 'rejected'>) => void,
): Promise<ImportSummary> {
  const books = makeBooks();
  const judge = makeJudge({ ...options, header, today: clock.now().toISOString().slice(0, 10) });

  // Counted when they are written and not before, so that the books are right whenever an import stops.
  async function settle(outcomes: readonly Outcome[]): Promise<void> {
    const doors = outcomes.flatMap((outcome) => (outcome.kind === 'door' ? [outcome.door] : []));
    const verdicts = doors.length === 0 ? [] : await writer.write(doors);
    await rejects.write(books.enter(outcomes, verdicts));
    const summary = books.summary(false);
    report({ rows: summary.rows, rejected: summary.rejected });
  }

  let batch: Outcome[] = [];
  for await (const row of rows) {
    batch.push(judge(row));
    if (batch.length < batchSize) continue;
    await settle(batch);
    batch = [];
    if (signal?.aborted === true) return books.summary(false);
  }
  await settle(batch);
  return books.summary(true);
}
