/**
 * The rows of every door: address, household, the people, their links to it, to the lists and to the campaign. Somebody
 * who has not been visited has a campaign row too, because that row is what puts a pin on a canvasser's map.
 */
import { demoIds, makeId } from './demo-ids.ts';
import { makeAddressData, type Household, type KnockType, type Resident } from './households.ts';
import { makeSteps, type SeedRow, type SeedStep } from './seed-step.ts';
import type { JsonObject } from '../src/json.ts';

const listsByType: Readonly<Record<KnockType, readonly string[]>> = {
  normal: [demoIds.everybodyList],
  'high-priority': [demoIds.everybodyList, demoIds.supportersList],
  'do-not-knock': [demoIds.everybodyList, demoIds.doNotKnockList],
};

export function* makeDoorSteps(customerId: string, households: readonly Household[]): Generator<SeedStep> {
  const buildings = new Map(households.map((household) => [household.addressId, household]));
  yield* makeSteps(
    customerId,
    'address',
    [...buildings.values()].map(({ addressId, group, building }) => ({
      id: addressId,
      securityGroupId: group,
      data: makeAddressData(building),
    })),
  );
  yield* makeSteps(
    customerId,
    'household',
    households.map(({ id, group, addressId, unitNum }) => ({
      id,
      securityGroupId: group,
      data: { addressId, ...(unitNum === undefined ? {} : { unitNum }) },
    })),
  );
  const forResidents = (make: (resident: Resident, household: Household) => readonly [string, JsonObject][]) =>
    households.flatMap((household) =>
      household.residents.flatMap((resident) =>
        make(resident, household).map(([id, data]): SeedRow => ({ id, securityGroupId: household.group, data })),
      ),
    );
  yield* makeSteps(
    customerId,
    'contact',
    forResidents(({ contactId, data }) => [[contactId, data]]),
  );
  yield* makeSteps(
    customerId,
    'contactHousehold',
    forResidents(({ contactHouseholdId, contactId }, household) => [
      [contactHouseholdId, { contactId, householdId: household.id }],
    ]),
  );
  yield* makeSteps(
    customerId,
    'contactHouseholdList',
    forResidents(({ contactHouseholdId, type }) =>
      listsByType[type].map((listId) => [
        makeId(`millrace/list-link/${contactHouseholdId}/${listId}`),
        { listId, contactHouseholdId },
      ]),
    ),
  );
  yield* makeSteps(
    customerId,
    'contactHouseholdCampaign',
    forResidents(({ contactHouseholdId, type }) => [
      [
        makeId(`millrace/campaign-link/${contactHouseholdId}`),
        { campaignId: demoIds.campaign, contactHouseholdId, type, state: `not-contacted-${type}` },
      ],
    ]),
  );
}
