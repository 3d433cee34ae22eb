/**
 * Interactions of the benchmark seed, and the state in which they leave a contact. Interaction i is about contact
 * i mod visited and times rise with i, so that the last interaction of a contact, which decides its state, is found by
 * division instead of by looking back.
 */
import { addDays, instantOf } from './calendar.ts';
import { demoIds } from './demo-ids.ts';
import { coordsOf, householdOf } from './large-people.ts';
import { mix } from './mix.ts';
import { builtInStatusId, type StatusGroupName } from './status-groups.ts';
import { issues, questionIds } from './survey.ts';
import { town } from './town.ts';
import type { JsonObject } from '../src/json.ts';

interface Result {
  readonly state: string;
  readonly statusId: string;
  readonly successful: boolean;
  readonly unavailableReason?: string;
}

const results: readonly Result[] = [
  ...Array.from({ length: 12 }, () => makeResult('contacted-unavailable-not-home', 'Not Home', false, 'Not Home')),
  makeResult('come-back', 'Come Back', false, 'Come Back'),
  makeResult('contacted-unavailable-other', 'Refused', false, 'Refused'),
  makeResult('contacted-available-successful', 'Successful', true),
  makeResult('contacted-available-successful', 'Successful', true),
  makeResult('contacted-available-successful', 'Successful', true),
  makeResult('contacted-available-not-successful', 'Not Successful', false),
  makeResult('contacted-available-not-successful', 'Not Successful', false),
  makeResult('contacted-available-not-successful', 'Not Successful', false),
];
const notContacted: JsonObject = { campaignId: demoIds.campaign, type: 'normal', state: 'not-contacted-normal' };

const days = 182;
const opening = (10 + town.hoursBehindUtc) * 3600;
const openSeconds = 10 * 3600;
/** Of a degree of latitude, on the sphere with the mean radius of 6,371 km. */
const milesADegree = 69.0933;

export interface LargeKnocks {
  contactOf(interaction: number): number;
  dataAt(interaction: number): JsonObject;
  /** The campaign's row of a contact, as its last interaction leaves it. */
  stateOf(contact: number): JsonObject;
}

export function makeLargeKnocks(size: {
  readonly contacts: number;
  readonly interactions: number;
  readonly today: string;
}): LargeKnocks {
  const { contacts, interactions, today } = size;
  const visited = Math.max(1, Math.min(contacts, Math.ceil(contacts * 0.6)));
  const responsesOf = makeResponsesByResult();
  // One string a day: making each from its number would cost more than the rest of the row.
  const dates = Array.from({ length: days + 1 }, (_, day) => addDays(today, day - days - 1));
  return {
    contactOf: (interaction) => interaction % visited,
    dataAt: (interaction) => {
      const result = resultOf(interaction);
      const { statusId, successful, unavailableReason } = result;
      const day = (interaction * days) / interactions;
      const seconds = opening + Math.floor((day % 1) * openSeconds);
      const { lat, lng } = coordsOf(householdOf(interaction % visited));
      const steps = 1 + (mix(interaction, 5) % 12);
      return {
        campaignId: demoIds.campaign,
        timestamp: instantOf(dates[Math.floor(day) + Math.floor(seconds / 86_400)]!, seconds % 86_400),
        survey: { surveyId: demoIds.survey, responses: responsesOf(interaction, result) },
        successful,
        unavailable: unavailableReason !== undefined,
        ...(unavailableReason === undefined ? {} : { unavailableReason }),
        location: { lat: Math.round(lat * 1e6 + steps * 10) / 1e6, lng, confidence: 8 },
        distance: steps * 1e-5 * milesADegree,
        statusId,
      };
    },
    stateOf: (contact) => {
      if (contact >= visited || contact >= interactions) return notContacted;
      const last = contact + visited * Math.floor((interactions - 1 - contact) / visited);
      const { state, statusId, successful, unavailableReason } = resultOf(last);
      return {
        campaignId: demoIds.campaign,
        type: 'normal',
        state,
        statusId,
        contacted: true,
        successful,
        availability: unavailableReason === undefined ? { available: true } : { available: false, unavailableReason },
      };
    },
  };
}

function resultOf(interaction: number): Result {
  return results[mix(interaction, 4) % results.length]!;
}

function makeResult(state: string, status: StatusGroupName, successful: boolean, unavailableReason?: string): Result {
  const statusId = builtInStatusId(status);
  return { state, statusId, successful, ...(unavailableReason === undefined ? {} : { unavailableReason }) };
}

/** The answers are few, and making them anew for each row would cost more than all the rest of it. */
function makeResponsesByResult(): (interaction: number, result: Result) => JsonObject {
  const { available, issue, support } = questionIds;
  const answers = (fields: Readonly<Record<string, JsonObject>>): JsonObject =>
    Object.fromEntries(
      Object.entries(fields).map(([questionId, given]) => [questionId, { questionId, fields: given }]),
    );
  const unavailable = new Map(
    results.flatMap(({ unavailableReason: reason }) =>
      reason === undefined ? [] : [[reason, answers({ [available]: { available: 'false', reason } })] as const],
    ),
  );
  const talks = [1, 2, 3, 4, 5].map((scale) =>
    issues.map((text) =>
      answers({ [available]: { available: 'true' }, [issue]: { issue: text }, [support]: { support: scale } }),
    ),
  );
  return (interaction, { successful, unavailableReason }) => {
    if (unavailableReason !== undefined) return unavailable.get(unavailableReason)!;
    const chance = mix(interaction, 6);
    const scale = successful ? 4 + ((chance >>> 8) % 2) : 1 + ((chance >>> 8) % 3);
    return talks[scale - 1]![chance % issues.length]!;
  };
}
