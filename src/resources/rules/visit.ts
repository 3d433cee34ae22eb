/**
 * What has to hold of an interaction beyond its own attributes: the contact lives at the household, answers belong to
 * the survey, the status says what happened, and the distance is measured, not claimed.
 */
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { Fault } from '../../problem.ts';
import type { Candidate, Completion, HookContext } from '../../resource.ts';
import { sql } from '../../store/sql.ts';
import { visitState } from './door-state.ts';
import { milesBetween } from './miles.ts';

interface Door {
  readonly contactHouseholdId: string | null;
  readonly lat: number | null;
  readonly lng: number | null;
  /** The state that the visit stands for, and the one that its status stands for. */
  readonly implied: string;
  readonly statusState: string | null;
  /** Who sent it had the walklist once, has it no more, and has not finished it. */
  readonly isLate: boolean;
}

export async function completeVisit(candidates: readonly Candidate[], context: HookContext): Promise<Completion[]> {
  const visits = candidates.map(({ after }) => after!);
  const doors = await readDoors(visits, context);
  const foreign = await foreignQuestions(visits, context);
  return candidates.map(({ before }, index) => {
    const visit = visits[index]!;
    const door = doors[index]!;
    const faults = [
      ...checkLink(visit, before, door),
      ...checkAnswers(visit, foreign.get(index) ?? []),
      ...checkStatus(visit, before, door),
    ];
    if (faults.length > 0) return { faults };
    const moved = before === null || linkMoved(visit, before);
    const contactHouseholdId = moved ? door.contactHouseholdId : visit['contactHouseholdId']!;
    // When it arrived is a fact that no correction changes.
    const late = before === null ? door.isLate || null : (before['late'] ?? null);
    return { data: { ...visit, contactHouseholdId, distance: distanceOf(visit, before, door), late } };
  });
}

async function readDoors(
  visits: readonly JsonObject[],
  { database, customerId, userId, now }: HookContext,
): Promise<readonly Door[]> {
  const column = (name: string) => visits.map((visit) => visit[name] ?? null);
  return database.query<Door>(sql`
    SELECT link.id AS "contactHouseholdId", address.coords_lat AS lat, address.coords_lng AS lng,
      ${visitState('visit')} AS implied, status.contact_state AS "statusState",
      coalesce(visit.walklist_id IS NOT NULL AND lease.was_held AND NOT lease.is_held AND NOT EXISTS (
        SELECT FROM walklists walk WHERE walk.customer_id = ${customerId} AND walk.id = visit.walklist_id
          AND walk.status = 'done' AND walk.user_id = ${userId}::uuid), false) AS "isLate"
    FROM unnest(
      ${column('contactId')}::uuid[], ${column('householdId')}::uuid[], ${column('statusId')}::uuid[],
      ${column('unavailable')}::boolean[], ${column('unavailableReason')}::text[], ${column('successful')}::boolean[],
      ${column('walklistId')}::uuid[]
    ) WITH ORDINALITY
      AS visit (contact_id, household_id, status_id, unavailable, unavailable_reason, successful, walklist_id, n)
    LEFT JOIN contact_households link ON link.customer_id = ${customerId} AND link.contact_id = visit.contact_id
      AND link.household_id = visit.household_id AND NOT link.is_deleted
    LEFT JOIN households household ON household.customer_id = ${customerId} AND household.id = visit.household_id
    LEFT JOIN addresses address ON address.customer_id = ${customerId} AND address.id = household.address_id
    LEFT JOIN statuses status ON status.customer_id = ${customerId} AND status.id = visit.status_id
    LEFT JOIN LATERAL (
      SELECT count(*) > 0 AS was_held,
        coalesce(bool_or(lease.ended IS NULL AND lease.expires > ${now.toISOString()}::timestamptz), false) AS is_held
      FROM walklist_leases lease WHERE lease.customer_id = ${customerId} AND lease.walklist_id = visit.walklist_id
        AND lease.user_id = ${userId}::uuid
    ) lease ON visit.walklist_id IS NOT NULL
    ORDER BY visit.n`);
}

function linkMoved(visit: JsonObject, before: JsonObject): boolean {
  return ['contactId', 'householdId', 'contactHouseholdId'].some((name) => visit[name] !== before[name]);
}

function checkLink(visit: JsonObject, before: JsonObject | null, door: Door): Fault[] {
  if (before !== null && !linkMoved(visit, before)) return [];
  if (door.contactHouseholdId === null) {
    return [{ pointer: '/householdId', message: 'must be a household that the contact is linked to' }];
  }
  const given = visit['contactHouseholdId'] ?? null;
  const carriedOver = before !== null && given === before['contactHouseholdId'];
  if (given === null || carriedOver || given === door.contactHouseholdId) return [];
  return [{ pointer: '/contactHouseholdId', message: 'must be the link between the contact and the household' }];
}

function responsesOf(visit: JsonObject): JsonObject {
  const { survey } = visit;
  const responses = isJsonObject(survey) ? survey['responses'] : null;
  return isJsonObject(responses) ? responses : {};
}

/** For each visit that has them: the answered questions that never belonged to its survey. */
async function foreignQuestions(
  visits: readonly JsonObject[],
  { database, customerId }: HookContext,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const asked = visits.flatMap((visit, index) =>
    Object.keys(responsesOf(visit)).map((question) => ({
      index,
      survey: isJsonObject(visit['survey']) ? visit['survey']['surveyId'] : null,
      question,
    })),
  );
  if (asked.length === 0) return new Map();
  // Compared as text: a key that is no UUID is simply a question nobody has. A question taken out of the survey
  // keeps its (deleted) row there, so answers that were on their way stay valid.
  const strangers = await database.query<{ index: number; question: string }>(sql`
    SELECT asked.index, asked.question
    FROM unnest(${asked.map(({ index }) => index)}::int[], ${asked.map(({ survey }) => survey)}::uuid[],
      ${asked.map(({ question }) => question)}::text[]) AS asked (index, survey, question)
    WHERE NOT EXISTS (
      SELECT FROM survey_questions item WHERE item.customer_id = ${customerId}
      AND item.survey_id = asked.survey AND item.question_id::text = lower(asked.question))`);
  const found = new Map<number, string[]>();
  for (const { index, question } of strangers) found.set(index, [...(found.get(index) ?? []), question]);
  return found;
}

function checkAnswers(visit: JsonObject, foreign: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  for (const [key, response] of Object.entries(responsesOf(visit))) {
    const pointer = `/survey/responses/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const questionId = isJsonObject(response) ? response['questionId'] : null;
    if (String(questionId).toLowerCase() !== key.toLowerCase()) {
      faults.push({ pointer: `${pointer}/questionId`, message: `must equal its key, ${key}` });
    } else if (foreign.includes(key)) {
      faults.push({ pointer, message: 'must be a question of the survey' });
    }
  }
  return faults;
}

/** A status that was right when it was given stays, even if somebody has changed what the status stands for. */
function checkStatus(visit: JsonObject, before: JsonObject | null, door: Door): Fault[] {
  const deciding = ['statusId', 'unavailable', 'unavailableReason', 'successful'];
  if (before !== null && deciding.every((name) => visit[name] === before[name])) return [];
  if ((visit['statusId'] ?? null) === null || door.statusState === door.implied) return [];
  const message = `must be a status whose contactState is ${door.implied}, which is what this visit means`;
  return [{ pointer: '/statusId', message }];
}

/** Miles from the door; a distance that the client gives counts only where one of the two places is unknown. */
function distanceOf(visit: JsonObject, before: JsonObject | null, door: Door): number | null {
  const { location, distance } = visit;
  if (isJsonObject(location) && typeof location['lat'] === 'number' && door.lat !== null && door.lng !== null) {
    return milesBetween({ lat: location['lat'], lng: location['lng'] as number }, { lat: door.lat, lng: door.lng });
  }
  const wasMeasured = isJsonObject(before?.['location']) && distance === before['distance'];
  return wasMeasured ? null : ((distance as number | null | undefined) ?? null);
}
