/**
 * The demo that a first start fills the database with: Millrace Tenants' campaign for Measure 7 in Heron Ford, and a
 * second customer whom none of it concerns. Alice owns, Bob is in her group, Chelsea works in the chapter across the
 * river (and so reads the campaign above her, but only the doors on her side), Dora belongs to the other customer.
 */
import { makeCampaignSteps } from './campaign.ts';
import { makeCanvass } from './canvass.ts';
import { demoIds } from './demo-ids.ts';
import { makeDoorSteps } from './door-steps.ts';
import { makeHouseholds, type Household } from './households.ts';
import { makeCustomer, makeOffice, type Office, type OfficeOrganization } from './office.ts';
import { makeOtherCustomer } from './other-customer.ts';
import { makeWalkSteps } from './walk-steps.ts';
import type { SeedStep } from './seed-step.ts';

const interactionCount = 3000;
/** Which neighborhoods each canvasser walks, in this order. */
const routes = [
  [demoIds.erin, ['Old Mill', 'Orchard', 'Northside', 'The Heights']],
  [demoIds.frank, ['Ferry Landing', 'Southside', 'East Bank']],
] as const;

const organization: OfficeOrganization = {
  id: demoIds.organization,
  group: demoIds.organizationGroup,
  name: 'Millrace Tenants',
  description: 'Tenants of Heron Ford for fair rents.',
};
const chapter: OfficeOrganization = {
  id: demoIds.chapter,
  group: demoIds.chapterGroup,
  name: 'Millrace Tenants, East Bank chapter',
  description: 'The chapter across the river.',
};

const office: Office = {
  key: 'millrace',
  customerId: demoIds.customer,
  customerName: 'Millrace',
  top: organization,
  below: [chapter],
  people: [
    { key: 'alice', given: 'Alice', surname: 'Muñoz', languages: ['en', 'es'], role: 'administrator' },
    { key: 'bob', given: 'Bob', surname: 'Whitaker', languages: ['en'], role: 'manager' },
    {
      key: 'chelsea',
      given: 'Chelsea',
      surname: 'Abdi',
      languages: ['en', 'so'],
      role: 'manager',
      organization: chapter,
    },
    { key: 'erin', given: 'Erin', surname: 'Begay', languages: ['en'], role: 'canvasser' },
    { key: 'frank', given: 'Frank', surname: 'Nguyễn', languages: ['en', 'vi'], role: 'canvasser' },
  ],
};

/** `today` is a date like 2026-03-29; whatever happened at a door happened in the six weeks before it. */
export function* makeDemo({ today }: { readonly today: string }): Generator<SeedStep> {
  const { customerId } = office;
  yield* makeOffice(office);
  const households = makeHouseholds(today);
  yield* makeCampaignSteps(customerId, organization.id, organization.group);
  yield* makeDoorSteps(customerId, households);
  yield* makeWalkSteps(
    customerId,
    makeCanvass({
      today,
      interactions: interactionCount,
      surveyId: demoIds.survey,
      routes: new Map(routes.map(([canvasser, names]) => [canvasser, makeRoute(households, names)])),
    }),
    today,
  );
  yield* makeCustomer(office);
  yield* makeOtherCustomer();
}

function makeRoute(households: readonly Household[], names: readonly string[]): Household[] {
  return names.flatMap((name) =>
    households.filter(
      ({ building, residents }) =>
        building.neighborhood.name === name && residents.every(({ type }) => type !== 'do-not-knock'),
    ),
  );
}
