/**
 * Puts: links that are made where there is none, and changed where there is one. The attributes that come are set, and
 * the others stay as they are. A link that is there already and to which nothing is said is answered as it is.
 *
 * Whoever puts has mostly not read the row, so an etag is not asked for; one that comes is heeded, and then a row has to
 * be there (RFC 9110 §13.1.1).
 */
import { printPointer } from '../json-pointer.ts';
import type { JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import type { Operation } from '../patch/operation.ts';
import { type Fault, Problem } from '../problem.ts';
import type { Create, Patch, Put } from './change.ts';
import { createRows, type Written } from './create-rows.ts';
import { patchRows } from './patch-rows.ts';
import { type Ends, findLinks, Lost, resolvePlaces } from './places.ts';
import { invalid } from './problems.ts';
import type { WriteSession } from './session.ts';

interface Draft {
  readonly change: Put;
  readonly ends: Ends;
  /** What is said of the link beside its ends. */
  readonly data: JsonObject;
  readonly faults: readonly Fault[];
  result: Written | null;
}

export async function putRows(
  resource: Resource,
  changes: readonly Put[],
  session: WriteSession,
): Promise<readonly Written[]> {
  const places = await resolvePlaces(
    resource,
    changes.map(({ place }) => place),
    session,
  );
  const drafts = changes.map((change, index) => makeDraft(resource, change, places[index]!));
  for (let round = nextRound(drafts); round.length > 0; round = nextRound(drafts)) {
    await putRound(resource, round, session);
  }
  return drafts.map(({ result }) => result!);
}

/** An item about a link that another item is about waits for that one. */
function nextRound(drafts: readonly Draft[]): readonly Draft[] {
  const seen = new Set<string>();
  return drafts.filter((draft) => {
    if (draft.result !== null) return false;
    const place = JSON.stringify(draft.ends);
    const isFirst = !seen.has(place);
    seen.add(place);
    return isFirst || isSilent(draft);
  });
}

function isSilent({ change, data, faults }: Draft): boolean {
  return change.etags === null && Object.keys(data).length === 0 && faults.length === 0;
}

async function putRound(resource: Resource, round: readonly Draft[], session: WriteSession): Promise<void> {
  const links = await findLinks(
    resource,
    round.map(({ ends }) => ends),
    session,
  );
  const creates: Draft[] = [];
  const patches: { draft: Draft; patch: Patch }[] = [];
  round.forEach((draft, index) => {
    const id = links[index]!;
    if (isSilent(draft) || (id === null && draft.change.etags === null)) creates.push(draft);
    else if (id === null) draft.result = { problem: noRow() };
    else patches.push({ draft, patch: patchOf(resource, draft, id) });
  });
  await settle(creates, (changes) => createRows(resource, changes, session), creates.map(createOf));
  await settle(
    patches.map(({ draft }) => draft),
    (changes) => patchRows(resource, changes, session),
    patches.map(({ patch }) => patch),
  );
}

async function settle<T>(
  drafts: readonly Draft[],
  write: (changes: readonly T[]) => Promise<readonly Written[]>,
  changes: readonly T[],
): Promise<void> {
  if (drafts.length === 0) return;
  const written = await write(changes);
  drafts.forEach((draft, index) => (draft.result = written[index]!));
}

function makeDraft(resource: Resource, change: Put, ends: Ends | Lost): Draft {
  const { declaration } = resource;
  const faults = [...(change.faults ?? [])];
  if (ends instanceof Lost) {
    const problem = change.isAddressed ? ends.problem : invalid([...faults, ends.fault]);
    return { change, ends: {}, data: {}, faults, result: { problem } };
  }
  const data = { ...change.data };
  for (const end of declaration.link ?? []) {
    const given = data[end] ?? null;
    delete data[end];
    if (given === null || given === change.place[end] || String(given).toLowerCase() === ends[end]) continue;
    faults.push({ pointer: `/${end}`, message: `must be ${ends[end]}, which this is about` });
  }
  return { change, ends, data, faults, result: null };
}

function createOf({ change, ends, data, faults }: Draft): Create {
  const { id, securityGroupId } = change;
  return { kind: 'create', id, securityGroupId, data: { ...data, ...ends }, params: {}, faults };
}

function patchOf({ declaration }: Resource, { change, data, faults }: Draft, id: string): Patch {
  const unknown = Object.keys(data).filter((attribute) => declaration.fields[attribute] === undefined);
  const operations = (): readonly Operation[] => {
    const all = [
      ...faults,
      ...unknown.map((each) => ({ pointer: printPointer([each]), message: 'is not an attribute here' })),
    ];
    if (all.length > 0) throw invalid(all);
    return Object.entries(data).map(([attribute, value]) => ({ op: 'add', path: printPointer([attribute]), value }));
  };
  return { kind: 'patch', id, etags: change.etags ?? '*', operations };
}

function noRow(): Problem {
  return new Problem('ETAG_STALE', 'There is no row here that could have this etag. Send none, and one is made.');
}
