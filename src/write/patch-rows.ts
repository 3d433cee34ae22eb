/** Patches, a batch at a time. The etag is compared once more in the WHERE of the UPDATE, which decides. */
import { makeSystemViewer } from '../access/viewer.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { canonicalJson } from '../patch/canonical.ts';
import { diff } from '../patch/diff.ts';
import { applyPatch } from '../patch/patch.ts';
import { Problem, type Fault } from '../problem.ts';
import type { Candidate } from '../resource.ts';
import { join, name, sql } from '../store/sql.ts';
import { type Acted, runAction } from './actions.ts';
import type { Create, Patch } from './change.ts';
import { createRows, type Written } from './create-rows.ts';
import { type CurrentRow, findCurrentRows } from './current-rows.ts';
import { findDuplicates } from './duplicates.ts';
import { checkItems, writeItems } from './item-rows.ts';
import { findUnpermitted } from './permit.ts';
import { duplicate, invalid, stale } from './problems.ts';
import { dataColumns, hiddenValues, makeRecord, recordType } from './record.ts';
import { findTargets, resolveReferences } from './references.ts';
import type { WriteSession } from './session.ts';

interface Draft {
  readonly change: Patch;
  readonly row: CurrentRow;
  data: JsonObject;
  hidden: Record<string, Json>;
  /** Data of the rows that come of its action. */
  readonly makes: readonly JsonObject[];
  result: Written | null;
}

/** No id may stand twice in one call: the second would be about a version that the first has yet to make. */
export async function patchRows(
  resource: Resource,
  changes: readonly Patch[],
  session: WriteSession,
): Promise<readonly Written[]> {
  const current = await findCurrentRows(resource, changes, 'modify', session);
  const drafts = changes.map((change, index) => applyChange(resource, change, current[index]!, session));
  const open = (): Draft[] => drafts.filter((draft): draft is Draft => 'row' in draft && draft.result === null);

  await resolve(resource, open(), session);
  await complete(resource, open(), session);
  await refuseDuplicates(resource, open(), session);
  await makeRows(resource, open(), session);
  await update(resource, open(), session);
  return drafts.map((draft) => ('row' in draft ? draft.result! : draft));
}

function applyChange(
  resource: Resource,
  change: Patch,
  row: CurrentRow | Problem,
  { validator, viewer, now }: WriteSession,
): Draft | { readonly problem: Problem } {
  if (row instanceof Problem) return { problem: row };
  try {
    const asked = change.operations(row.data);
    const action = change.action?.() ?? null;
    const moment = { before: row.data, userId: viewer.userId, now };
    const { operations, makes }: Acted = action === null ? { operations: [], makes: [] } : runAction(action, moment);
    const patched = applyPatch(row.data, [...asked, ...operations]);
    const faults = [...findReadOnly(resource, row.data, patched), ...validator.check(resource, withoutNulls(patched))];
    if (faults.length > 0) return { problem: invalid(faults) };
    const data = validator.normalise(resource, patched);
    const isUnchanged = change.params === undefined && isSame(data, row.data);
    const result: Written | null = isUnchanged ? { id: row.id, outcome: 'unchanged' } : null;
    return { change, row, data, hidden: {}, makes, result };
  } catch (error) {
    if (error instanceof Problem) return { problem: error };
    throw error;
  }
}

function isSame(one: JsonObject, other: JsonObject): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function withoutNulls(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}

function findReadOnly({ declaration }: Resource, before: JsonObject, after: JsonObject): readonly Fault[] {
  const names = Array.isArray(declaration.readOnly) ? (declaration.readOnly as readonly string[]) : [];
  return names
    .filter((attribute) => JSON.stringify(before[attribute]) !== JSON.stringify(after[attribute]))
    .map((attribute) => ({ pointer: `/${attribute}`, message: 'is set by the server' }));
}

async function resolve(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  const referring = ({ data, row }: Draft) => ({ resource, data, before: row.data });
  const targets = await findTargets(drafts.map(referring), session);
  for (const draft of drafts) {
    const { data, faults } = resolveReferences(referring(draft), targets);
    if (faults.length > 0) draft.result = { problem: invalid(faults) };
    draft.data = data;
  }
}

async function complete(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  const { hooks = {} } = resource.declaration;
  for (const draft of drafts.filter(({ result }) => result === null)) {
    const faults = [...checkItems(resource, draft.data), ...(hooks.validate?.(draft.data, draft.row.data) ?? [])];
    if (faults.length > 0) draft.result = { problem: invalid(faults) };
  }
  await refuseUnpermitted(
    resource,
    drafts.filter(({ result }) => result === null),
    session,
  );
  const left = drafts.filter(({ result }) => result === null);
  const completions = left.length === 0 ? undefined : await hooks.complete?.(left.map(candidateOf), session.hooks);
  left.forEach((draft, index) => {
    const completion = completions?.[index] ?? { data: draft.data };
    if ('problem' in completion) draft.result = completion;
    else if ('faults' in completion) draft.result = { problem: invalid(completion.faults) };
    else {
      draft.data = completion.data;
      draft.hidden = { ...hiddenValues(resource, draft.data), ...completion.hidden };
    }
  });
}

async function refuseUnpermitted(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  const refusals = await findUnpermitted(resource, drafts.map(candidateOf), session);
  drafts.forEach((draft, index) => {
    const problem = refusals[index] ?? null;
    if (problem !== null) draft.result = { problem };
  });
}

async function refuseDuplicates(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  const keyed = drafts.map(({ row, data, hidden }) => ({
    id: row.id,
    securityGroupId: row.securityGroupId,
    record: makeRecord(resource, data, hidden),
  }));
  const duplicates = await findDuplicates(resource, keyed, session);
  for (const draft of drafts) {
    const found = duplicates.get(draft.row.id);
    if (found !== undefined)
      draft.result = { problem: duplicate(found.unique.message, found.isVisible ? found.of : null) };
  }
}

/**
 * What comes of the actions, before the rows themselves: where it cannot be made, the row stays as it is. It is a part of
 * a row that the caller may change, so that nobody needs a permission to make it.
 */
async function makeRows(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  const making = drafts.flatMap((draft) => draft.makes.map((data) => ({ draft, data })));
  if (making.length === 0) return;
  const { customerId, userId, client } = session.viewer;
  const creates = making.map(({ draft, data }): Create => {
    return { kind: 'create', id: null, securityGroupId: draft.row.securityGroupId, data, params: {} };
  });
  const viewer = makeSystemViewer({
    customerId,
    userId,
    client,
    organizationGroupId: session.viewer.organizationGroupId,
  });
  const made = await createRows(resource, creates, { ...session, viewer });
  made.forEach((written, index) => {
    if ('problem' in written) making[index]!.draft.result = written;
  });
}

async function update(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  if (drafts.length === 0) return;
  const written = await updateRecords(resource, drafts, session);
  const changed = drafts.filter((draft) => {
    if (!written.has(draft.row.id)) draft.result = { problem: stale(draft.row.etag) };
    return draft.result === null;
  });
  await writeItems(
    resource,
    changed.map(({ row, data }) => ({ id: row.id, data })),
    session,
  );
  for (const draft of changed) {
    const { row, data } = draft;
    draft.result = { id: row.id, outcome: 'changed' };
    const patch = diff(row.data, data) as unknown as Json;
    session.entries.push({ resource: resource.name, id: row.id, verb: 'patch', patch });
  }
  await resource.declaration.hooks?.afterWrite?.(changed.map(candidateOf), session.hooks);
}

/** The ids that were written: those whose etag was still the one that was read. */
async function updateRecords(
  resource: Resource,
  drafts: readonly Draft[],
  { tx, viewer }: WriteSession,
): Promise<ReadonlySet<string>> {
  // A hidden column that nobody has set this time keeps what it has.
  const hidden = new Set(drafts.flatMap((draft) => Object.keys(makeRecord(resource, {}, draft.hidden))));
  const columns = dataColumns(resource).filter(
    ({ name: column }) => hidden.has(column) || resource.attributes.some((each) => each.column === column),
  );
  const isKept = (draft: Draft, column: string) => !(column in makeRecord(resource, {}, draft.hidden));
  const records = drafts.map((draft) => ({
    row_id: draft.row.id,
    row_etag: draft.row.etag,
    row_kept: [...hidden].filter((column) => isKept(draft, column)),
    ...makeRecord(resource, draft.data, draft.hidden),
  }));
  const assignments = columns.map(({ name: column }) =>
    hidden.has(column) && !resource.attributes.some((each) => each.column === column)
      ? sql`${name(column)} = CASE WHEN sent.row_kept ? ${column} THEN row.${name(column)} ELSE sent.${name(column)} END`
      : sql`${name(column)} = sent.${name(column)}`,
  );
  const rows = await tx.query<{ id: string }>(sql`
    UPDATE ${name(resource.table)} row SET modified_by = ${viewer.userId}::uuid, ${join(assignments)}
    FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      AS sent (row_id uuid, row_etag text, row_kept jsonb, ${recordType(columns)})
    WHERE row.customer_id = ${viewer.customerId} AND row.id = sent.row_id AND row.etag = sent.row_etag
      AND NOT row.is_deleted
    RETURNING row.id`);
  return new Set(rows.map(({ id }) => id));
}

function candidateOf({ change, row, data }: Draft): Candidate {
  const { params = {} } = change;
  return { id: row.id, securityGroupId: row.securityGroupId, before: row.data, after: data, params };
}
