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

export function makeLargeKnocks(size: {
  readonly contacts: number;
  readonly interactions: number;
  readonly today: string;
}) {
  const { contacts, interactions, today } = size;
  const visited = Math.max(1, Math.min(contacts, Math.ceil(contacts * 0.6)));
  // One string a day: making each from its number would cost more than the rest of the row.
  const dates = Array.from({ length: days + 1 }, (_, day) => addDays(today, day - days - 1));
  return {
    contactOf: (interaction: number): number => interaction % visited,
    dataAt: (interaction: number): JsonObject => {
      const { statusId, successful, unavailableReason } = resultOf(interaction);
      const day = (interaction * days) / interactions;
      const seconds = opening + Math.floor((day % 1) * openSeconds);
      const { lat, lng } = coordsOf(householdOf(interaction % visited));
      const steps = 1 + (mix(interaction, 5) % 12);
      return {
        campaignId: demoIds.campaign,
        timestamp: instantOf(dates[Math.floor(day) + Math.floor(seconds / 86_400)]!, seconds % 86_400),
        survey: { surveyId: demoIds.survey, responses: makeResponses(interaction, successful, unavailableReason) },
        successful,
        unavailable: unavailableReason !== undefined,
        ...(unavailableReason === undefined ? {} : { unavailableReason }),
        location: { lat: Math.round(lat * 1e6 + steps * 10) / 1e6, lng, confidence: 8 },
        distance: steps * 1e-5 * milesADegree,
        statusId,
      };
    },
    /** The campaign's row of a contact, as its last interaction leaves it. */
    stateOf: (contact: number): JsonObject => {
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

function makeResponses(interaction: number, successful: boolean, reason: string | undefined): JsonObject {
  const { available, issue, support } = questionIds;
  if (reason !== undefined) {
    return { [available]: { questionId: available, fields: { available: 'false', reason } } };
  }
  const chance = mix(interaction, 6);
  return {
    [available]: { questionId: available, fields: { available: 'true' } },
    [issue]: { questionId: issue, fields: { issue: issues[chance % issues.length]! } },
    [support]: { questionId: support, fields: { support: successful ? 4 + (chance % 2) : 1 + (chance % 3) } },
  };
}
