/**
 * The only way to write resource rows: one transaction for a batch of changes, its consequences and its entries in the
 * change log. The transaction begins by taking the customer's position, so writers of one customer follow each other
 * and everything that is checked inside is still true at the commit.
 */
import type { Viewer } from '../access/viewer.ts';
import type { Model, Resource } from '../model.ts';
import type { Problem } from '../problem.ts';
import type { Reader } from '../read/reader.ts';
import type { Output } from '../read/selection.ts';
import type { Database, Transaction } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { writeChangeLog } from './change-log.ts';
import type { Change, Create, Patch, Put, Remove, Restore, Verdict, WriteOptions } from './change.ts';
import { createRows, type Written } from './create-rows.ts';
import { patchRows } from './patch-rows.ts';
import { aborted, forbidden } from './problems.ts';
import { putRows } from './put-rows.ts';
import { removeRows, restoreRows } from './remove-rows.ts';
import { makeSession, type WriteSession } from './session.ts';
import { makeValidator } from './validator.ts';

export interface Writer {
  /** One verdict for each change, in its place. Throws only what is nobody's input: a database that is away, a bug. */
  write(
    viewer: Viewer,
    resource: Resource,
    changes: readonly Change[],
    options: WriteOptions,
  ): Promise<readonly Verdict[]>;
  /**
   * Changes of several resources in one transaction, one part after the other, all or nothing: the rows of each part, or
   * the Problem of the first change that failed is thrown.
   */
  writeTogether(
    viewer: Viewer,
    parts: readonly WritePart[],
    options: Omit<WriteOptions, 'onError' | 'members'>,
  ): Promise<readonly (readonly WrittenRow[])[]>;
}

export interface WritePart {
  readonly resource: Resource;
  readonly changes: readonly Change[];
  /** Of its rows, in the answer. */
  readonly members: readonly Output[];
}

export type WrittenRow = Exclude<Verdict, { readonly problem: Problem }>;

export interface WriterOptions {
  readonly database: Database;
  readonly model: Model;
  readonly reader: Reader;
  /** Told after the commit, for whoever remembers what rows say. */
  readonly onCommit?: (customerId: string, resource: Resource) => void;
}

/** Carries the verdicts out of a transaction that is to be rolled back. */
class Abort extends Error {
  constructor(readonly verdicts: readonly Verdict[]) {
    super('the batch was aborted');
  }
}

export function makeWriter({ database, model, reader, onCommit }: WriterOptions): Writer {
  const validator = makeValidator();
  return {
    async write(viewer, resource, changes, options) {
      if (resource.declaration.readOnly === true && viewer.userId !== null) {
        return changes.map(() => ({
          problem: forbidden('insert', resource, 'which nobody has: the server keeps these'),
        }));
      }
      try {
        const verdicts = await database.transaction(async (tx) => {
          const now = await begin(viewer, tx);
          const session = makeSession({ tx, viewer, model, reader, validator, now });
          return runChanges(resource, changes.map(withLowerCaseId), options, session);
        });
        if (verdicts.some((verdict) => !('problem' in verdict))) onCommit?.(viewer.customerId, resource);
        return verdicts;
      } catch (error) {
        if (error instanceof Abort) return error.verdicts;
        throw error;
      }
    },
    async writeTogether(viewer, parts, options) {
      const { customerId } = viewer;
      try {
        const written = await database.transaction(async (tx) => {
          const now = await begin(viewer, tx);
          const all: (readonly Verdict[])[] = [];
          for (const { resource, changes, members } of parts) {
            const session = makeSession({ tx, viewer, model, reader, validator, now });
            const each = { ...options, members, onError: 'abort' } as const;
            all.push(await runChanges(resource, changes.map(withLowerCaseId), each, session));
          }
          return all;
        });
        for (const { resource } of parts) onCommit?.(customerId, resource);
        return written as readonly (readonly WrittenRow[])[];
      } catch (error) {
        if (!(error instanceof Abort)) throw error;
        const failed = error.verdicts.find((verdict) => 'problem' in verdict && verdict.problem.code !== 'ABORTED');
        throw failed !== undefined && 'problem' in failed ? failed.problem : error;
      }
    },
  };
}

/**
 * Connections plan every statement anew, which is right for reading (store/connections.ts). What repeats in a write are
 * statements that look rows up by their keys, and the checks of foreign keys, one for each reference of each row of a
 * batch: planned each time these cost several times the insert itself. Here plans are kept; and since one that was made
 * while a table was empty would go on scanning it, keys are used from the start.
 */
async function begin({ customerId }: Viewer, tx: Transaction): Promise<Date> {
  const [row] = await tx.query<{ now: string }>(sql`
    SELECT doorstep_take_position(${customerId}::uuid), doorstep_iso(clock_timestamp()) AS now,
      set_config('plan_cache_mode', 'auto', true), set_config('enable_seqscan', 'off', true)`);
  return new Date(row!.now);
}

async function runChanges(
  resource: Resource,
  changes: readonly Change[],
  options: WriteOptions,
  session: WriteSession,
): Promise<readonly Verdict[]> {
  const written: Written[] = [];
  for (const run of splitRuns(changes)) {
    written.push(...(await runOne(resource, run, session)));
    if (options.onError === 'abort') abortOnProblem(written, changes.length);
  }
  await writeChangeLog(session, options);
  return readVerdicts(resource, written, options, session);
}

/** With `abort`, one failure is everybody's. */
function abortOnProblem(written: readonly Written[], total: number): void {
  const failed = written.findIndex((result) => 'problem' in result);
  if (failed === -1) return;
  const verdicts = Array.from({ length: total }, (_, index): Verdict => {
    const result = written[index];
    return result !== undefined && 'problem' in result ? result : { problem: aborted(failed) };
  });
  throw new Abort(verdicts);
}

/** Two spellings of an id are one row. */
function withLowerCaseId(change: Change): Change {
  return change.kind === 'create' || change.kind === 'put' ? change : { ...change, id: change.id.toLowerCase() };
}

/** Neighbours of one kind go together, unless an id comes back: that one is about the version made before. */
function splitRuns(changes: readonly Change[]): readonly (readonly Change[])[] {
  const runs: Change[][] = [];
  let seen = new Set<string>();
  for (const change of changes) {
    const run = runs.at(-1);
    const returns = change.kind !== 'create' && change.id !== null && seen.has(change.id);
    if (run === undefined || run[0]!.kind !== change.kind || returns) {
      runs.push([change]);
      seen = new Set();
    } else run.push(change);
    if (change.id !== null) seen.add(change.id);
  }
  return runs;
}

function runOne(resource: Resource, run: readonly Change[], session: WriteSession): Promise<readonly Written[]> {
  switch (run[0]!.kind) {
    case 'create':
      return createRows(resource, run as readonly Create[], session);
    case 'patch':
      return patchRows(resource, run as readonly Patch[], session);
    case 'remove':
      return removeRows(resource, run as readonly Remove[], session);
    case 'restore':
      return restoreRows(resource, run as readonly Restore[], session);
    case 'put':
      return putRows(resource, run as readonly Put[], session);
  }
}

const unread = { etag: '', text: '{}' } as const;

async function readVerdicts(
  resource: Resource,
  written: readonly Written[],
  { members, spelling }: WriteOptions,
  { tx, viewer, reader }: WriteSession,
): Promise<readonly Verdict[]> {
  const ids = written.flatMap((result) => ('problem' in result ? [] : result.id));
  if (ids.length === 0) return written as readonly { readonly problem: Problem }[];
  if (members.length === 0) return written.map((result) => ('problem' in result ? result : { ...result, ...unread }));
  const question = { resource, members, spelling, deleted: 'include', own: true } as const;
  const rows = await reader.readRows(viewer, question, ids, { within: tx });
  return written.map((result): Verdict => {
    if ('problem' in result) return result;
    const row = rows.get(result.id)!;
    return { ...result, etag: row.etag, text: row.text };
  });
}
