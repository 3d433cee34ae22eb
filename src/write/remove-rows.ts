/** Removing and restoring. A removal is never refused; what only links the row goes and comes back with it. */
import type { Resource } from '../model.ts';
import { Problem } from '../problem.ts';
import { ownersOf } from '../resource.ts';
import { name, raw, sql } from '../store/sql.ts';
import type { Remove, Restore } from './change.ts';
import type { Written } from './create-rows.ts';
import { type CurrentRow, findCurrentRows } from './current-rows.ts';
import { findDuplicates } from './duplicates.ts';
import { removeLinks, restoreLinks } from './links.ts';
import { findUnpermitted } from './permit.ts';
import { duplicate, invalid, stale } from './problems.ts';
import { hiddenValues, makeRecord } from './record.ts';
import { findTargets, resolveReferences } from './references.ts';
import type { WriteSession } from './session.ts';

export async function removeRows(
  resource: Resource,
  changes: readonly Remove[],
  session: WriteSession,
): Promise<readonly Written[]> {
  const found = await findCurrentRows(resource, changes, 'destroy', session);
  const current = found.map((row, index) => checkRemovable(row, changes[index]!));
  const rows = current.filter(isRow);
  const gone = await flip(resource, rows, true, session);
  await removeLinks(resource, [...gone], session);
  const removed = rows.filter(({ id }) => gone.has(id));
  const { afterWrite } = resource.declaration.hooks ?? {};
  await afterWrite?.(
    removed.map(({ id, securityGroupId, data }) => ({ id, securityGroupId, before: data, after: null, params: {} })),
    session.hooks,
  );
  return current.map((row) => finish(row, gone, 'removed'));
}

export async function restoreRows(
  resource: Resource,
  changes: readonly Restore[],
  session: WriteSession,
): Promise<readonly Written[]> {
  const current = await findCurrentRows(resource, changes, 'destroy', session, 'only');
  const checked = await checkRestorable(resource, current, session);
  const rows = checked.filter(isRow);
  const back = await flip(resource, rows, false, session);
  await restoreLinks(resource, [...back], session);
  const restored = rows.filter(({ id }) => back.has(id));
  const { afterWrite } = resource.declaration.hooks ?? {};
  await afterWrite?.(
    restored.map(({ id, securityGroupId, data }) => ({ id, securityGroupId, before: null, after: data, params: {} })),
    session.hooks,
  );
  return checked.map((row) => finish(row, back, 'restored'));
}

function checkRemovable(row: CurrentRow | Problem, { check }: Remove): CurrentRow | Problem {
  try {
    if (isRow(row)) check?.(row.data);
    return row;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function isRow(row: CurrentRow | Problem): row is CurrentRow {
  return !(row instanceof Problem);
}

function finish(row: CurrentRow | Problem, done: ReadonlySet<string>, outcome: 'removed' | 'restored'): Written {
  if (row instanceof Problem) return { problem: row };
  return done.has(row.id) ? { id: row.id, outcome } : { problem: stale(row.etag) };
}

/** A row whose place has been taken since cannot come back, nor can a link one of whose ends is gone. */
async function checkRestorable(
  resource: Resource,
  current: readonly (CurrentRow | Problem)[],
  session: WriteSession,
): Promise<readonly (CurrentRow | Problem)[]> {
  const rows = current.filter(isRow);
  const keyed = rows.map(({ id, securityGroupId, data }) => ({
    id,
    securityGroupId,
    record: makeRecord(resource, data, hiddenValues(resource, data)),
  }));
  const duplicates = await findDuplicates(resource, keyed, session);
  const ends = (row: CurrentRow) => {
    const owners = ownersOf(resource.declaration);
    return { resource, before: null, data: Object.fromEntries(owners.map((end) => [end, row.data[end]!])) };
  };
  const targets = await findTargets(rows.map(ends), session);
  const candidates = rows.map(({ id, securityGroupId, data }) => {
    return { id, securityGroupId, before: null, after: data, params: {} };
  });
  const refusals = await findUnpermitted(resource, candidates, session);
  return current.map((row) => {
    if (row instanceof Problem) return row;
    const refusal = refusals[rows.indexOf(row)] ?? null;
    if (refusal !== null) return refusal;
    const found = duplicates.get(row.id);
    if (found !== undefined) return duplicate(found.unique.message, found.isVisible ? found.of : null);
    const { faults } = resolveReferences(ends(row), targets);
    return faults.length > 0 ? invalid(faults) : row;
  });
}

/** The ids whose mark was changed: those whose etag was still the one that was read. */
async function flip(
  resource: Resource,
  rows: readonly CurrentRow[],
  isDeleted: boolean,
  { tx, viewer, entries }: WriteSession,
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const ownMark = ownersOf(resource.declaration).length === 0 ? raw('') : raw(', removed_with_parent = false');
  const flipped = await tx.query<{ id: string }>(sql`
    UPDATE ${name(resource.table)} row SET is_deleted = ${isDeleted}, modified_by = ${viewer.userId}::uuid${ownMark}
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ etag }) => etag)}::text[]) AS sent (id, etag)
    WHERE row.customer_id = ${viewer.customerId} AND row.id = sent.id AND row.etag = sent.etag
      AND row.is_deleted <> ${isDeleted}
    RETURNING row.id`);
  for (const { id } of flipped) {
    entries.push({ resource: resource.name, id, verb: isDeleted ? 'remove' : 'restore', patch: null });
  }
  return new Set(flipped.map(({ id }) => id));
}
