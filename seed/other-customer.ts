/**
 * Dora's customer: a handful of rows that alice, bob and chelsea must never see, in any list, count or relation. It is
 * small enough to read, so that a leak in either direction shows.
 */
import { demoIds, makeId } from './demo-ids.ts';
import { makeCustomer, makeOffice, type Office } from './office.ts';
import { makeSteps, type SeedRow, type SeedStep } from './seed-step.ts';
import type { JsonObject } from '../src/json.ts';

const neighbors = [
  { door: '12', given: 'Ingrid', surname: 'Sørensen', birthdate: '1958-11-02', gender: 'f' },
  { door: '12', given: 'Pelle', surname: 'Sørensen', birthdate: '1955-04-19', gender: 'm' },
  { door: '15', given: 'Marcus', surname: 'Bell', birthdate: '1990-07-30', gender: 'm' },
  { door: '18', given: 'Yuki', surname: 'Tanabe', birthdate: '2001-01-08', gender: 'n' },
];
const doors = ['12', '15', '18'];

export function* makeOtherCustomer(): Generator<SeedStep> {
  const customerId = demoIds.otherCustomer;
  const organizationId = demoIds.otherOrganization;
  const securityGroupId = demoIds.otherOrganizationGroup;
  const rowOf = (label: string, data: JsonObject): SeedRow => ({ id: makeId(`cedar/${label}`), securityGroupId, data });
  const steps = (resource: string, rows: readonly SeedRow[]): Generator<SeedStep> =>
    makeSteps(customerId, resource, rows);

  const office: Office = {
    key: 'cedar',
    customerId,
    customerName: 'Cedar Hollow',
    top: {
      id: organizationId,
      group: securityGroupId,
      name: 'Friends of Cedar Hollow Library',
      description: 'Keeps the branch library open.',
    },
    people: [{ key: 'dora', given: 'Dora', surname: 'Lindqvist', languages: ['en', 'sv'], role: 'administrator' }],
  };
  yield* makeOffice(office);
  const question = rowOf('question/visits', {
    type: 'multiChoice',
    tag: 'visits',
    text: 'How often do you use the library?',
    options: [{ text: 'Every week' }, { text: 'Now and then', success: true }, { text: 'Never' }],
  });
  yield* steps('question', [question]);
  yield* steps('survey', [
    rowOf('survey/branch', {
      name: 'Keep the branch open',
      questions: [{ questionId: question.id, actions: [{ type: 'end' }] }],
    }),
  ]);
  const list = rowOf('list/card-holders', { name: 'Card holders', organizationId });
  yield* steps('list', [list]);
  const campaign: SeedRow = {
    id: demoIds.otherCampaign,
    securityGroupId,
    data: {
      name: 'Keep the branch open',
      organizationId,
      status: 'pending',
      timeZone: 'America/Chicago',
      lists: [{ listId: list.id, type: 'normal' }],
    },
  };
  yield* steps('campaign', [campaign]);
  yield* steps(
    'address',
    doors.map((number, index) =>
      rowOf(`address/${number}`, {
        number,
        streetName: 'Cedar Hollow Ln',
        city: 'Cedar Hollow',
        state: 'WI',
        postalCode: '53601',
        country: 'USA',
        coords: { lat: 43.402 + index * 0.0003, lng: -90.7412, confidence: 1 },
      }),
    ),
  );
  yield* steps(
    'household',
    doors.map((number) => rowOf(`household/${number}`, { addressId: makeId(`cedar/address/${number}`) })),
  );
  yield* steps(
    'contact',
    neighbors.map(({ door, given, surname, birthdate, gender }) =>
      rowOf(`contact/${given}`, {
        profile: { name: { anglican: { given, surname } }, birthdate, gender },
        fields: {},
        primaryHouseholdId: makeId(`cedar/household/${door}`),
      }),
    ),
  );
  yield* steps(
    'contactHousehold',
    neighbors.map(({ door, given }) =>
      rowOf(`link/${given}`, {
        contactId: makeId(`cedar/contact/${given}`),
        householdId: makeId(`cedar/household/${door}`),
      }),
    ),
  );
  const links = neighbors.map(({ given }) => [given, makeId(`cedar/link/${given}`)] as const);
  yield* steps(
    'contactHouseholdList',
    links.map(([given, contactHouseholdId]) => rowOf(`list-link/${given}`, { listId: list.id, contactHouseholdId })),
  );
  yield* steps(
    'contactHouseholdCampaign',
    links.map(([given, contactHouseholdId]) =>
      rowOf(`campaign-link/${given}`, {
        campaignId: campaign.id,
        contactHouseholdId,
        type: 'normal',
        state: 'not-contacted-normal',
      }),
    ),
  );
  yield* makeCustomer(office);
}
