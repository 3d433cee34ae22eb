/**
 * The benchmark seed: as many contacts and interactions as one likes, each row computed from its index alone, so that
 * it can be loaded by COPY in any order, in parallel, and with flat memory. What the write path would derive (a door's
 * state, a distance) is therefore in the rows already. It is a customer of its own, beside the demo.
 *
 * `setup` goes through the write path like any seed; `tables` follow in their order. Ids are counters and not hashes:
 * at a million rows a hash would cost more than the row.
 */
import { makeCampaignSteps } from './campaign.ts';
import { makeId } from './demo-ids.ts';
import { householdOf, householdsFor, makeLargeAddress, makeLargeContact } from './large-people.ts';
import { makeLargeKnocks } from './large-knocks.ts';
import { makeCustomer, makeOffice, type Office } from './office.ts';
import type { SeedRow, SeedStep } from './seed-step.ts';
import type { JsonObject } from '../src/json.ts';

export interface LargeSize {
  readonly contacts: number;
  readonly interactions: number;
  /** A date like 2026-03-29; the interactions lie in the half year before it. */
  readonly today: string;
}

export interface LargeTable {
  readonly resource: string;
  readonly count: number;
  rowAt(index: number): SeedRow;
}

export interface Large {
  readonly customerId: string;
  setup(): Generator<SeedStep>;
  readonly tables: readonly LargeTable[];
}

export const largeIds = {
  customer: makeId('large/customer'),
  organization: makeId('large/organization'),
  organizationGroup: makeId('large/organization/group'),
  administrator: makeId('large/user/lena'),
} as const;

/** The second group of an id says which table it belongs to; the last is the row's index (RFC 9562 §5.8). */
function makeSerialId(table: number): (index: number) => string {
  const prefix = `00000000-${String(table).padStart(4, '0')}-8000-8000-`;
  return (index) => prefix + index.toString(16).padStart(12, '0');
}

export function makeLarge(size: LargeSize): Large {
  const securityGroupId = largeIds.organizationGroup;
  const households = householdsFor(size.contacts);
  const idOf = {
    address: makeSerialId(1),
    household: makeSerialId(2),
    contact: makeSerialId(3),
    contactHousehold: makeSerialId(4),
    contactHouseholdCampaign: makeSerialId(5),
    interaction: makeSerialId(6),
  };
  const linkOf = (contact: number): JsonObject => ({
    contactId: idOf.contact(contact),
    householdId: idOf.household(householdOf(contact)),
  });
  const knocks = makeLargeKnocks(size);
  const table = (resource: keyof typeof idOf, count: number, dataAt: (index: number) => JsonObject): LargeTable => ({
    resource,
    count,
    rowAt: (index) => ({ id: idOf[resource](index), securityGroupId, data: dataAt(index) }),
  });
  return {
    customerId: largeIds.customer,
    setup: makeSetup,
    tables: [
      table('address', households, makeLargeAddress),
      table('household', households, (index) => ({ addressId: idOf.address(index) })),
      table('contact', size.contacts, (index) => ({
        ...makeLargeContact(index, size.today),
        primaryHouseholdId: idOf.household(householdOf(index)),
      })),
      table('contactHousehold', size.contacts, linkOf),
      table('contactHouseholdCampaign', size.contacts, (index) => ({
        ...knocks.stateOf(index),
        contactHouseholdId: idOf.contactHousehold(index),
      })),
      table('interaction', size.interactions, (index) => {
        const contact = knocks.contactOf(index);
        return {
          ...knocks.dataAt(index),
          ...linkOf(contact),
          contactHouseholdId: idOf.contactHousehold(contact),
        };
      }),
    ],
  };
}

function* makeSetup(): Generator<SeedStep> {
  const { customer, organization, organizationGroup } = largeIds;
  const office: Office = {
    key: 'large',
    customerId: customer,
    customerName: 'Statewide',
    top: {
      id: organization,
      group: organizationGroup,
      name: 'Statewide Tenants',
      description: 'A campaign of the size that benchmarks need.',
    },
    people: [{ key: 'lena', given: 'Lena', surname: 'Grabowski', languages: ['en', 'pl'], role: 'administrator' }],
  };
  yield* makeOffice(office);
  // The demo's survey and campaign again, under the same ids: they are unique within a customer.
  yield* makeCampaignSteps(customer, organization, organizationGroup);
  yield* makeCustomer(office);
}
