/** The demo as a whole. What it promises to whoever loads it: counts, order, uniqueness, the same bytes every time. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { demoIds } from '../../../seed/demo-ids.ts';
import { makeDemo } from '../../../seed/demo.ts';
import type { SeedStep } from '../../../seed/seed-step.ts';
import { dataOf, rowsOf, uuidsIn } from './demo-rows.ts';

const today = '2026-03-29';
const steps = [...makeDemo({ today })];

function digest(demo: Iterable<SeedStep>): string {
  return createHash('sha256')
    .update(JSON.stringify([...demo]))
    .digest('hex');
}

describe('counts', () => {
  test.each([
    ['household', 2000],
    ['contact', 5000],
    ['contactHousehold', 5000],
    ['contactHouseholdCampaign', 5000],
    ['interaction', 3000],
    ['campaign', 1],
    ['survey', 1],
    ['question', 8],
    ['segment', 4],
    ['statusGroup', 10],
    ['organization', 2],
  ])('%s: %i', (resource, count) => {
    expect(rowsOf(steps, resource)).toHaveLength(count);
  });

  test('there are two customers, and the other one is small', () => {
    const other = steps.filter(({ customerId }) => customerId === demoIds.otherCustomer);
    expect(new Set(steps.map(({ customerId }) => customerId)).size).toBe(2);
    expect(rowsOf(other, 'contact', demoIds.otherCustomer)).toHaveLength(4);
  });

  test('no step is larger than a batch may be', () => {
    expect(Math.max(...steps.map(({ rows }) => rows.length))).toBeLessThanOrEqual(1000);
  });
});

describe('determinism', () => {
  test('the same day gives the same bytes', () => {
    expect(digest(makeDemo({ today }))).toBe(digest(steps));
  });

  test('another day has the same people at the same doors', () => {
    const later = [...makeDemo({ today: '2027-01-01' })];
    for (const resource of ['household', 'contact', 'contactHousehold']) {
      expect(rowsOf(later, resource).map(({ id }) => id)).toEqual(rowsOf(steps, resource).map(({ id }) => id));
    }
  });

  test.each(['2026-03-23', '2026-03-24', '2026-03-25', '2026-03-26', '2026-03-27', '2026-03-28'])(
    'a week that ends on another weekday (%s) has as many interactions, all before it',
    (day) => {
      const times = dataOf([...makeDemo({ today: day })], 'interaction').map(({ timestamp }) => String(timestamp));
      expect(times).toHaveLength(3000);
      expect(times.filter((time) => time >= day)).toEqual([]);
    },
  );

  test('well-known ids are those that documents print', () => {
    expect(demoIds.campaign).toBe('693078ad-8367-873a-83dd-c282c397b49a');
    expect(demoIds.alice).toBe('27284a16-f122-82ef-b402-d5803258b992');
  });
});

describe('order', () => {
  test('every id in a row was made by an earlier step of the same customer', () => {
    const known = new Set<string>();
    const strangers: string[] = [];
    for (const { customerId, resource, rows, changedBy } of steps) {
      for (const row of rows) {
        const groups = resource === 'organization' ? [] : [row.securityGroupId];
        const named = [...uuidsIn(row.data), ...groups, ...(changedBy === undefined ? [] : [changedBy])];
        strangers.push(...named.filter((id) => !known.has(`${customerId}/${id}`)).map((id) => `${resource} ${id}`));
      }
      for (const row of rows) {
        known.add(`${customerId}/${row.id}`);
        if (typeof row.params?.securityGroupId === 'string') known.add(`${customerId}/${row.params.securityGroupId}`);
      }
    }
    expect(strangers).toEqual([]);
  });

  test("an organization's own group is the one it makes, and its customer's is that of the top organization", () => {
    for (const row of rowsOf(steps, 'organization')) expect(row.params?.securityGroupId).toBe(row.securityGroupId);
    expect(rowsOf(steps, 'customer')[0]?.securityGroupId).toBe(rowsOf(steps, 'organization')[0]?.securityGroupId);
  });
});

test("a customer's own row is the last of its rows, because it says that the seed is finished", () => {
  for (const customerId of [demoIds.customer, demoIds.otherCustomer]) {
    const own = steps.filter((step) => step.customerId === customerId).map(({ resource }) => resource);
    expect(own.indexOf('customer')).toBe(own.length - 1);
  }
});

describe('uniqueness', () => {
  test('no id is used twice within a customer', () => {
    const ids = steps.flatMap(({ customerId, rows }) => rows.map(({ id }) => `${customerId}/${id}`));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('no two contacts are one person to the server', () => {
    const people = dataOf(steps, 'contact').map(({ profile, primaryHouseholdId }) => {
      const { name, birthdate } = profile as { name: { anglican: object }; birthdate?: string };
      const plain = JSON.stringify(name).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
      return `${plain}/${birthdate}/${String(primaryHouseholdId)}`;
    });
    expect(new Set(people).size).toBe(people.length);
    const externalIds = dataOf(steps, 'contact').flatMap(({ externalId }) => externalId ?? []);
    expect(new Set(externalIds).size).toBe(externalIds.length);
  });

  test('no two households are one door to the server', () => {
    const addresses = dataOf(steps, 'address').map(({ number, streetName, postalCode }) =>
      [number, streetName, postalCode].join('/'),
    );
    expect(new Set(addresses).size).toBe(addresses.length);
    const doors = dataOf(steps, 'household').map(({ addressId, unitNum }) => `${String(addressId)}/${String(unitNum)}`);
    expect(new Set(doors).size).toBe(doors.length);
  });
});

describe('who is where', () => {
  const groupsOf = (user: string): unknown[] =>
    rowsOf(steps, 'membership')
      .filter(({ data }) => data.userId === user)
      .map(({ securityGroupId }) => securityGroupId);

  test('alice and bob are in the top group, chelsea only in the chapter', () => {
    expect(groupsOf(demoIds.alice)).toEqual([demoIds.organizationGroup]);
    expect(groupsOf(demoIds.bob)).toEqual([demoIds.organizationGroup]);
    expect(groupsOf(demoIds.chelsea)).toEqual([demoIds.chapterGroup]);
  });

  test('the campaign is above the chapter, which has doors and knocks of its own', () => {
    expect(rowsOf(steps, 'campaign')[0]?.securityGroupId).toBe(demoIds.organizationGroup);
    for (const resource of ['household', 'contact', 'interaction', 'walklist', 'turf']) {
      const groups = new Set(rowsOf(steps, resource).map(({ securityGroupId }) => securityGroupId));
      expect(groups).toEqual(new Set([demoIds.organizationGroup, demoIds.chapterGroup]));
    }
  });

  test('everybody signs in with a first name at doorstep.example', () => {
    const emails = steps
      .filter(({ resource }) => resource === 'user')
      .flatMap(({ rows }) => rows.map(({ data }) => data.email));
    expect(emails).toEqual(
      ['alice', 'bob', 'chelsea', 'erin', 'frank', 'dora'].map((name) => `${name}@doorstep.example`),
    );
  });

  test('every permission is a verb at a resource', () => {
    for (const { permissions } of dataOf(steps, 'role')) {
      const list = permissions as string[];
      expect(list.filter((permission) => !/^(read|insert|modify|destroy)@(audit|[a-z-]+s)$/.test(permission))).toEqual(
        [],
      );
      expect(new Set(list).size).toBe(list.length);
    }
  });
});
