/** A device of one of the world's people: what it sends and what it gets, over GraphQL as the stock client writes it. */
import { v7 as makeId } from 'uuid';
import type { Json, JsonObject } from '../../../src/json.ts';
import type { PersonName, World } from '../../world.ts';
import { type Ask, dataOf, makeAsk } from '../graphql/ask.ts';

export interface Row {
  readonly assumedMasterState?: JsonObject;
  readonly newDocumentState: JsonObject;
}

export interface PushingDevice {
  /** The answer: what the device has to take over. */
  push(collection: string, ...rows: readonly Row[]): Promise<readonly JsonObject[]>;
  readonly ask: (query: string, variables?: JsonObject) => ReturnType<Ask>;
}

const members: Readonly<Record<string, string>> = {
  interaction: `id syncSeq isDeleted campaignId contactId householdId contactHouseholdId timestamp surveyId responses
    lat lng confidence successful unavailable unavailableReason distance statusId walklistId turfId`,
  walklistItem: 'id syncSeq isDeleted walklistId position householdId contactHouseholdIds progress remark',
};

export function makePushingDevice(world: World, person: PersonName): PushingDevice {
  const ask = makeAsk(world);
  return {
    async push(collection, ...rows) {
      const name = collection.charAt(0).toUpperCase() + collection.slice(1);
      const variable = `${collection}PushRow`;
      const query = `mutation Push${name}($${variable}: [${name}InputPushRow!]) {
        push${name}(${variable}: $${variable}) { ${members[collection]} } }`;
      const data = await dataOf(ask(person, query, { [variable]: rows as unknown as Json }));
      return data[`push${name}`] as unknown as readonly JsonObject[];
    },
    ask: (query, variables) => ask(person, query, variables),
  };
}

/** A visit as a device makes it. */
export function makeVisit({ ids }: World, more: JsonObject = {}): JsonObject & { readonly id: string } {
  return {
    ...{ id: makeId(), campaignId: ids.campaign, contactId: ids.contact, householdId: ids.household },
    ...{ timestamp: '2026-05-09T17:41:08.250Z', surveyId: ids.survey, responses: '{}' },
    ...{ lat: 40.1012, lng: -82.9981, successful: true, unavailable: false, isDeleted: false },
    ...more,
  };
}
