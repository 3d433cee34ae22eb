/**
 * A link is found by what it links, and an end of it may be a link itself: who is on a list is a contact at a household.
 * Here such places become ids, a batch at a time; an id that a client chose for something that was there already becomes
 * the row's own on the way.
 */
import { readableGroups } from '../access/scope.ts';
import type { JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { type Fault, Problem } from '../problem.ts';
import { join, name, raw, sql } from '../store/sql.ts';
import { isUuid } from '../uuid.ts';
import { notFound } from './problems.ts';
import { findTargets, resolveReferences } from './references.ts';
import type { WriteSession } from './session.ts';

/** For each end of the link its id, or in turn what the row at that end links. */
export interface Place {
  readonly [end: string]: string | Place;
}

/** The ids of both ends. */
export type Ends = Readonly<Record<string, string>>;

/** A place that leads nowhere, as a fault of the input and as the answer to an address. */
export class Lost {
  constructor(
    readonly fault: Fault,
    readonly problem: Problem,
  ) {}
}

export async function resolvePlaces(
  resource: Resource,
  places: readonly Place[],
  session: WriteSession,
): Promise<readonly (Ends | Lost)[]> {
  const found: (Record<string, string> | Lost)[] = places.map(() => ({}));
  const set = (index: number, end: string, id: string | Lost): void => {
    const ends = found[index]!;
    if (ends instanceof Lost) return;
    if (id instanceof Lost) found[index] = id;
    else if (isUuid(id)) ends[end] = id.toLowerCase();
    else found[index] = lost(resource, end, id, `must be a UUID, not ${JSON.stringify(id)}`, session);
  };
  for (const end of resource.declaration.link ?? []) {
    const through: { index: number; place: Place }[] = [];
    places.forEach((place, index) => {
      const at = place[end]!;
      if (typeof at === 'string') set(index, end, at);
      else through.push({ index, place: at });
    });
    const ids = await resolveLinks(
      targetOf(resource, end, session),
      through.map(({ place }) => place),
      session,
    );
    through.forEach(({ index }, each) => set(index, end, ids[each]!));
  }
  return resolveEnds(resource, found, session);
}

/** The ids of the live links of these ends that the caller may read, null where there is none. */
export async function findLinks(
  resource: Resource,
  ends: readonly Ends[],
  { tx, viewer }: WriteSession,
): Promise<readonly (string | null)[]> {
  if (ends.length === 0) return [];
  const link = resource.declaration.link ?? [];
  const groups = readableGroups(viewer, resource);
  const scope = groups === 'all' ? raw('') : sql` AND row.security_group_id = ANY(${[...groups]}::uuid[])`;
  const columns = link.map((end) => resource.attributes.find(({ path }) => path[1] === end)!.column);
  const sent = link.map((end) => sql`${ends.map((each) => each[end]!)}::uuid[]`);
  const rows = await tx.query<{ place: number; id: string }>(sql`
    SELECT sent.place::integer - 1 AS place, row.id
    FROM unnest(${join(sent)}) WITH ORDINALITY AS sent (${join(columns.map((column) => name(column)))}, place)
    JOIN ${name(resource.table)} row ON row.customer_id = ${viewer.customerId} AND NOT row.is_deleted
      AND ${join(
        columns.map((column) => sql`row.${name(column)} = sent.${name(column)}`),
        ' AND ',
      )}${scope}`);
  const ids = new Map(rows.map(({ place, id }) => [place, id]));
  return ends.map((_, index) => ids.get(index) ?? null);
}

async function resolveLinks(
  resource: Resource,
  places: readonly Place[],
  session: WriteSession,
): Promise<readonly (string | Lost)[]> {
  if (places.length === 0) return [];
  const resolved = await resolvePlaces(resource, places, session);
  const known = resolved.filter((ends): ends is Ends => !(ends instanceof Lost));
  const ids = await findLinks(resource, known, session);
  let next = 0;
  return resolved.map((ends) => (ends instanceof Lost ? ends : (ids[next++] ?? unlinked(resource, ends))));
}

/** Ends that are there for the caller, with their own ids. */
async function resolveEnds(
  resource: Resource,
  found: readonly (Ends | Lost)[],
  session: WriteSession,
): Promise<readonly (Ends | Lost)[]> {
  const referring = (data: JsonObject) => ({ resource, data, before: null });
  const known = found.filter((ends): ends is Ends => !(ends instanceof Lost));
  const targets = await findTargets(known.map(referring), session);
  return found.map((ends) => {
    if (ends instanceof Lost) return ends;
    const { data, faults } = resolveReferences(referring(ends), targets);
    const [fault] = faults;
    if (fault === undefined) return data as Ends;
    const end = fault.pointer.slice(1);
    return lost(resource, end, ends[end]!, fault.message, session);
  });
}

function targetOf({ declaration }: Resource, end: string, { model }: WriteSession): Resource {
  const field = declaration.fields[end]!;
  return model.get(field.storage === 'column' ? field.reference!.to : '');
}

function lost(resource: Resource, end: string, id: string, message: string, session: WriteSession): Lost {
  return new Lost({ pointer: `/${end}`, message }, notFound(targetOf(resource, end, session), id));
}

function unlinked({ label }: Resource, ends: Ends): Lost {
  const place = Object.entries(ends).map(([end, id]) => `${end} ${id}`);
  const message = `There is no ${label} row for ${place.join(', ')} that you may see.`;
  return new Lost({ pointer: '', message }, new Problem('NOT_FOUND', message));
}
