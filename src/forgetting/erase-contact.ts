/**
 * Forgetting a person: every row that says something of them is emptied, what the change log has kept of those rows is
 * taken out of it, and whoever keeps more is asked to forget too. It is one transaction with a position of its own, so
 * that devices and warehouses learn of it like of any change.
 *
 * Backups that were made before still hold what they held: restored, they have to be told again.
 */
import { isJsonObject, type Json } from '../json.ts';
import type { Model } from '../model.ts';
import type { Database, Queryable } from '../store/database.ts';
import { sql } from '../store/sql.ts';
import { type EmptiedRows, emptyRows } from './empty-rows.ts';
import type { Eraser, ForgottenPerson } from './eraser.ts';

export interface ErasedContact {
  /** How many rows of each resource were emptied, and how many things beside them, by their names. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface EraseParts {
  readonly database: Database;
  readonly model: Model;
  readonly erasers: readonly Eraser[];
}

export interface EraseRequest {
  readonly customerId: string;
  readonly contactId: string;
  /** Who asked, for the change log: `doorstep erase`. */
  readonly client: string;
}

/** Null when the customer has no such contact; one that was erased before is erased again. */
export async function eraseContact(parts: EraseParts, request: EraseRequest): Promise<ErasedContact | null> {
  const { database, model, erasers } = parts;
  const { customerId, contactId } = request;
  const done = await database.transaction(async (tx) => {
    await tx.query(sql`
      SELECT doorstep_take_position(${customerId}::uuid), set_config('statement_timeout', '0', true)`);
    const names = await findNames(tx, customerId, contactId);
    if (names === null) return null;
    const emptied = await emptyRows(tx, model, customerId, contactId);
    await cleanChangeLog(tx, emptied, request);
    await forgetDigests(tx, emptied, customerId);
    const rows = new Map(emptied.map(({ resource, ids }) => [resource.label, ids]));
    const person: ForgottenPerson = { customerId, contactId, rows, names };
    const counts: Record<string, number> = {};
    for (const [label, ids] of rows) counts[label] = ids.length;
    for (const { what, erase } of erasers) if (erase !== undefined) counts[what] = await erase(tx, person);
    return { person, counts };
  });
  if (done === null) return null;
  const counts = { ...done.counts };
  for (const { what, eraseOutside } of erasers) {
    if (eraseOutside !== undefined) counts[what] = (counts[what] ?? 0) + (await eraseOutside(done.person));
  }
  return { counts };
}

interface Named {
  readonly profile: Json;
  readonly externalId: string | null;
}

/** Null when there is no such contact, deleted ones included. */
async function findNames(tx: Queryable, customerId: string, contactId: string): Promise<readonly string[] | null> {
  const [found] = await tx.query<Named>(sql`
    SELECT profile, external_id AS "externalId" FROM contacts WHERE customer_id = ${customerId} AND id = ${contactId}`);
  if (found === undefined) return null;
  const { profile, externalId } = found;
  return [contactId, ...(externalId === null ? [] : [externalId]), ...textsOf(profile)].filter(isTelling);
}

/** Every text of the profile: names, emails, phones. */
function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsOf(item));
  return isJsonObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

/** Shorter ones (a language, a gender) are everybody's. */
function isTelling(text: string): boolean {
  return text.length >= 4;
}

/** That something was done stays in the log, and by whom; what it said goes. */
async function cleanChangeLog(
  tx: Queryable,
  emptied: readonly EmptiedRows[],
  { customerId, client }: EraseRequest,
): Promise<void> {
  const rows = emptied.flatMap(({ resource, ids }) => ids.map((id) => ({ resource: resource.label, id })));
  const [resources, ids] = [rows.map(({ resource }) => resource), rows.map(({ id }) => id)];
  await tx.query(sql`
    UPDATE change_log log SET patch = NULL
    FROM unnest(${resources}::text[], ${ids}::uuid[]) AS emptied (resource, id)
    WHERE log.customer_id = ${customerId} AND log.resource = emptied.resource AND log.row_id = emptied.id
      AND log.patch IS NOT NULL`);
  await tx.query(sql`
    INSERT INTO change_log (customer_id, sync_seq, ordinal, resource, row_id, verb, client)
    SELECT ${customerId}::uuid, doorstep_position(${customerId}::uuid), emptied.ordinal::int - 1, emptied.resource,
      emptied.id, 'erase', ${client}
    FROM unnest(${resources}::text[], ${ids}::uuid[]) WITH ORDINALITY AS emptied (resource, id, ordinal)`);
}

/** Of the bodies with which devices had made the same rows under ids of their own. */
async function forgetDigests(tx: Queryable, emptied: readonly EmptiedRows[], customerId: string): Promise<void> {
  for (const { resource, ids } of emptied) {
    await tx.query(sql`
      UPDATE id_aliases SET digest = '' WHERE customer_id = ${customerId} AND resource = ${resource.name}
        AND row_id = ANY(${ids}::uuid[])`);
  }
}
