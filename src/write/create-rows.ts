/**
 * Creates, a batch at a time: a handful of statements whatever the size of the batch. Each step may take items out
 * with a Problem; what is left at the end is inserted together. Order of refusals: 403, then 409 for an id, then 400.
 */
import { createHash } from 'node:crypto';
import { v7 as makeId } from 'uuid';
import { writableGroups } from '../access/scope.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { canonicalJson } from '../patch/canonical.ts';
import type { Fault, Problem } from '../problem.ts';
import type { Candidate } from '../resource.ts';
import { isUuid } from '../uuid.ts';
import { findUnpermitted } from './permit.ts';
import { bringsRows, makeWithBrought } from './brought.ts';
import { chooseGroup } from './choose-group.ts';
import type { Create, Outcome } from './change.ts';
import { createEmbedded } from './embedded.ts';
import { findDuplicates } from './duplicates.ts';
import { findCreated, rememberAliases } from './identity.ts';
import { insertRecords } from './insert.ts';
import { checkItems, writeItems } from './item-rows.ts';
import { duplicate, forbidden, idTaken, invalid } from './problems.ts';
import { hiddenValues, makeRecord } from './record.ts';
import { findTargets, resolveReferences } from './references.ts';
import type { WriteSession } from './session.ts';

/** What became of one item, before anybody has read its row again. */
export type Written = { readonly id: string; readonly outcome: Outcome } | { readonly problem: Problem };

/** A create on its way; `problem` set means that it will not get there. */
interface Draft {
  readonly change: Create;
  readonly id: string;
  data: JsonObject;
  readonly digest: string;
  faults: readonly Fault[];
  securityGroupId: string;
  hidden: Record<string, Json>;
  result: Written | null;
  /** An earlier item of the batch with the same id and body. */
  repeats: Draft | null;
}

export async function createRows(
  resource: Resource,
  changes: readonly Create[],
  session: WriteSession,
): Promise<readonly Written[]> {
  const drafts = changes.map((change) => makeDraft(resource, change, session));
  const open = (): Draft[] => drafts.filter(({ result, repeats }) => result === null && repeats === null);

  await answerRetries(resource, open(), session);
  await resolve(resource, open(), session);
  await complete(resource, open(), session);
  await createEmbedded(resource, open(), session, createRows);
  await answerDuplicates(resource, open(), session);
  await insert(resource, open(), session);
  return drafts.map(resultOf);
}

function makeDraft(resource: Resource, change: Create, { validator }: WriteSession): Draft {
  const { declaration } = resource;
  const id = change.id?.toLowerCase() ?? makeId();
  const faults: Fault[] = [...(change.faults ?? [])];
  if (!isUuid(id) && faults.every(({ pointer }) => pointer !== '/id')) {
    faults.push({ pointer: '/id', message: `must be a UUID, not ${JSON.stringify(change.id)}` });
  }
  const readOnly = Array.isArray(declaration.readOnly) ? (declaration.readOnly as readonly string[]) : [];
  for (const name of readOnly) {
    if ((change.data[name] ?? null) !== null) faults.push({ pointer: `/${name}`, message: 'is set by the server' });
  }
  // What the transport could not read has no attributes to check.
  if ((change.faults ?? []).length === 0) {
    faults.push(...validator.check(resource, withoutNulls(withoutEmbedded(resource, change.data))));
  }
  const data = faults.length > 0 ? change.data : validator.normalise(resource, change.data);
  const embedded = embeddedOf(resource, change.data);
  const digest = digestOf(faults.length > 0 ? change.data : { ...withoutNulls(data), ...embedded });
  return { change, id, data, digest, faults, securityGroupId: '', hidden: {}, result: null, repeats: null };
}

/** `address: { data }` stands for addressId, which is then not missing. */
function withoutEmbedded(resource: Resource, data: JsonObject): JsonObject {
  const placeholders: Record<string, Json> = { ...data };
  for (const attribute of resource.declaration.embeds ?? []) {
    const name = attribute.replace(/Id$/, '');
    if (placeholders[name] === undefined || (placeholders[attribute] ?? null) !== null) continue;
    delete placeholders[name];
    placeholders[attribute] = '00000000-0000-0000-0000-000000000000';
  }
  return placeholders;
}

function embeddedOf(resource: Resource, data: JsonObject): JsonObject {
  const names = (resource.declaration.embeds ?? []).map((attribute) => attribute.replace(/Id$/, ''));
  return Object.fromEntries(names.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]])));
}

function withoutNulls(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}

/** What the client sent, in one spelling and without what the server adds: a retry has the same. */
function digestOf(data: JsonObject): string {
  return createHash('sha256').update(canonicalJson(data)).digest('hex');
}

/** An id that was used before answers with its row, for good, if it was made from the same body. */
async function answerRetries(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  // Whoever may insert nowhere is not told which ids there are.
  const groups = writableGroups(session.viewer, 'insert', resource);
  const chosen = drafts.filter(({ change, id }) => change.id !== null && isUuid(id));
  if (groups !== 'all' && groups.size === 0) return;
  if (chosen.length === 0) return;
  const created = await findCreated(
    resource,
    chosen.map(({ id }) => id),
    session,
  );
  const inBatch = new Map<string, Draft>();
  for (const draft of chosen) {
    const known = created.get(draft.id);
    const earlier = inBatch.get(draft.id);
    if (known !== undefined) {
      draft.result =
        known.digest === draft.digest && known.insertable
          ? { id: known.rowId, outcome: 'existing' }
          : { problem: idTaken(draft.id) };
    } else if (earlier === undefined) inBatch.set(draft.id, draft);
    else if (earlier.digest !== draft.digest) draft.result = { problem: idTaken(draft.id) };
    else draft.repeats = earlier;
  }
}

/** The same item twice in one batch is a retry as well: it gets what the first one got. */
function resultOf({ result, repeats }: Draft): Written {
  if (repeats === null) return result!;
  const first = resultOf(repeats);
  return 'problem' in first ? first : { id: first.id, outcome: 'existing' };
}

/** Where the row goes, whether the caller may put it there, and what its references point at. */
async function resolve(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  const referring = (draft: Draft) => ({ resource, data: draft.faults.length > 0 ? {} : draft.data, before: null });
  const targets = await findTargets(drafts.map(referring), session);
  const groups = writableGroups(session.viewer, 'insert', resource);
  for (const draft of drafts) {
    const group = chooseGroup(resource, draft.change, draft.data, targets, groups, session.viewer);
    if (group === null) {
      draft.result = { problem: forbidden('insert', resource, 'in the security group that this row would be in') };
      continue;
    }
    draft.securityGroupId = group;
    if (draft.faults.length > 0) {
      draft.result = { problem: invalid(draft.faults) };
      continue;
    }
    const { data, faults } = resolveReferences(referring(draft), targets);
    if (faults.length > 0) draft.result = { problem: invalid(faults) };
    draft.data = data;
  }
}

async function complete(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  const { hooks = {} } = resource.declaration;
  for (const draft of drafts.filter(({ result }) => result === null)) {
    draft.data = session.validator.fillDefaults(resource, draft.data);
    const faults = [...checkItems(resource, draft.data), ...(hooks.validate?.(draft.data, null) ?? [])];
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
      draft.securityGroupId = completion.securityGroupId ?? draft.securityGroupId;
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

async function answerDuplicates(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  const keyed = drafts.map(({ id, securityGroupId, data, hidden }) => ({
    id,
    securityGroupId,
    record: makeRecord(resource, data, hidden),
  }));
  const duplicates = await findDuplicates(resource, keyed, session);
  const aliases: { id: string; of: string; digest: string }[] = [];
  for (const draft of drafts) {
    const found = duplicates.get(draft.id);
    if (found === undefined) continue;
    if (found.unique.onCreate === 'refuse' || !found.isVisible) {
      draft.result = { problem: duplicate(found.unique.message, found.isVisible ? found.of : null) };
      continue;
    }
    // The row that was there may itself be an item of this batch which another key has led elsewhere.
    const of = duplicates.get(found.of)?.of ?? found.of;
    draft.result = { id: of, outcome: 'existing' };
    if (draft.change.id !== null) aliases.push({ id: draft.id, of, digest: draft.digest });
  }
  await rememberAliases(resource, aliases, session);
}

async function insert(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  const isBringing = ({ change }: Draft): boolean => bringsRows(resource, change);
  await insertTogether(
    resource,
    drafts.filter((draft) => !isBringing(draft)),
    session,
  );
  for (const draft of drafts.filter(isBringing)) {
    const make = () => insertTogether(resource, [draft], session);
    const problem = await makeWithBrought(resource, draft, session, { make, createRows });
    if (problem !== null) draft.result = { problem };
  }
}

async function insertTogether(resource: Resource, drafts: readonly Draft[], session: WriteSession): Promise<void> {
  if (drafts.length === 0) return;
  await insertRecords(resource, drafts, session);
  await writeItems(resource, drafts, session);
  for (const draft of drafts) {
    draft.result = { id: draft.id, outcome: 'created' };
    const patch = [{ op: 'add', path: '', value: draft.data }];
    session.entries.push({ resource: resource.name, id: draft.id, verb: 'create', patch });
  }
  await resource.declaration.hooks?.afterWrite?.(drafts.map(candidateOf), session.hooks);
}

function candidateOf({ id, securityGroupId, data, change }: Draft): Candidate {
  return { id, securityGroupId, before: null, after: data, params: change.params };
}
