/**
 * Random worlds, as plain facts: two customers, each with a tree of organizations, roles, people and rows. Both use the
 * same ids for everything, organizations, groups and people included, so that whatever forgets to ask for the customer
 * answers with the other one's row. Rows lie in any group of their customer, and refer across groups.
 */
import { v7 as makeId } from 'uuid';
import type { Dice } from '../../api/graphql/dice.ts';
import { type KindName, kindNames, kinds } from './kinds.ts';

export interface Organization {
  readonly customer: number;
  readonly id: string;
  readonly parent: string | null;
  /** The group of what belongs to it. */
  readonly group: string;
  readonly isDeleted: boolean;
}

export interface Row {
  readonly customer: number;
  readonly kind: KindName;
  readonly id: string;
  readonly group: string;
  readonly mark: string;
  readonly references: Readonly<Record<string, string>>;
  readonly isDeleted: boolean;
  /** Of a role. */
  readonly permissions?: readonly string[];
}

export interface Membership {
  readonly organization: string;
  readonly role: string;
  readonly status: 'active' | 'disabled' | 'unconfirmed' | 'invited';
}

export interface Person {
  readonly customer: number;
  readonly userId: string;
  readonly status: 'active' | 'inactive';
  readonly memberships: readonly Membership[];
  /** The organization that the token is for. */
  readonly tokenOrganization: string;
}

export interface Facts {
  /** By the numbers that the others use. */
  readonly customers: readonly [string, string];
  readonly organizations: readonly Organization[];
  readonly people: readonly Person[];
  readonly rows: readonly Row[];
  /** Ids of each kind that rows of either customer may have, and some that none has. */
  readonly ids: Readonly<Record<KindName, readonly string[]>>;
}

const most = 6;
export const words = ['amber', 'birch', 'cedar', 'dune'] as const;

const listOfIds = (count: number): readonly string[] => Array.from({ length: count }, () => makeId());

export function makeFacts(dice: Dice): Facts {
  // More groups than are sent in an array are asked for in another way.
  const size = dice.chance(4) ? 36 : dice.below(6) + 1;
  const ids = Object.fromEntries(kindNames.map((name) => [name, listOfIds(most + 2)])) as Facts['ids'];
  const pools = { ids, organizationIds: listOfIds(size), groups: listOfIds(size), userIds: listOfIds(3) };
  const customers = [makeCustomer(0, pools, dice), makeCustomer(1, pools, dice)] as const;
  return {
    customers: [makeId(), makeId()],
    organizations: customers.flatMap(({ organizations }) => organizations),
    people: customers.flatMap(({ people }) => people),
    rows: customers.flatMap(({ rows }) => rows),
    ids,
  };
}

interface Pools {
  readonly ids: Facts['ids'];
  readonly organizationIds: readonly string[];
  readonly groups: readonly string[];
  readonly userIds: readonly string[];
}

function makeCustomer(customer: number, { ids, organizationIds, groups, userIds }: Pools, dice: Dice) {
  const organizations = organizationIds.map((id, index): Organization => {
    const parent = index === 0 || dice.chance(25) ? null : dice.pick(organizationIds.slice(0, index));
    return { customer, id, parent, group: groups[index]!, isDeleted: dice.chance(8) };
  });
  const rows: Row[] = [];
  for (const kind of kindNames) {
    const count = kind === 'role' ? 3 : dice.below(most) + 1;
    for (const id of ids[kind].slice(0, count)) {
      const row = makeRow({ customer, kind, id, group: dice.pick(groups) }, rows, dice);
      if (row !== null) rows.push(row);
    }
  }
  const roles = rows.filter(({ kind }) => kind === 'role');
  const people = userIds.map((userId): Person => {
    const own = organizationIds.filter(() => dice.chance(organizationIds.length > most ? 90 : 60));
    const memberships = own.map((organization): Membership => {
      const others = ['disabled', 'unconfirmed', 'invited'] as const;
      return { organization, role: dice.pick(roles).id, status: dice.chance(88) ? 'active' : dice.pick(others) };
    });
    const tokenOrganization = dice.chance(90) && own.length > 0 ? dice.pick(own) : dice.pick(organizationIds);
    return { customer, userId, status: dice.chance(95) ? 'active' : 'inactive', memberships, tokenOrganization };
  });
  return { organizations, rows, people };
}

/** Null where there is nothing to refer to, or the same link is there already. */
function makeRow(
  { customer, kind, id, group }: Pick<Row, 'customer' | 'kind' | 'id' | 'group'>,
  before: readonly Row[],
  dice: Dice,
): Row | null {
  const { references, isLink = false } = kinds[kind];
  const given: Record<string, string> = {};
  // Somebody is visited where they live.
  const door = kind === 'interaction' ? before.filter((row) => row.kind === 'contactHousehold') : null;
  if (door?.length === 0) return null;
  if (door !== null) {
    const { id: contactHouseholdId, references: ends } = dice.pick(door);
    Object.assign(given, { contactHouseholdId, contactId: ends['contactId'], householdId: ends['householdId'] });
  }
  for (const [attribute, to] of Object.entries(references)) {
    const targets = before.filter((row) => row.kind === to);
    if (given[attribute] !== undefined) continue;
    if (attribute === 'primaryHouseholdId' && dice.chance(40)) continue;
    if (targets.length === 0) return null;
    given[attribute] = dice.pick(targets).id;
  }
  const isTwin = (row: Row): boolean =>
    row.kind === kind && Object.entries(given).every(([attribute, to]) => row.references[attribute] === to);
  if (isLink && before.some(isTwin)) return null;
  const row = { customer, kind, id, group, mark: makeMark(customer, dice), references: given };
  const isDeleted = dice.chance(10);
  return kind === 'role' ? { ...row, isDeleted, permissions: makePermissions(dice) } : { ...row, isDeleted };
}

/** Whose row it is can be read in every mark. */
export function makeMark(customer: number, dice: Dice): string {
  return `${'AB'[customer]!} ${dice.pick(words)}`;
}

function makePermissions(dice: Dice): readonly string[] {
  if (dice.chance(30)) return ['*@*'];
  const labels = kindNames.map((name) => kinds[name].label);
  const verbs = ['read', 'read', 'insert', 'modify', 'destroy', '*'] as const;
  const some = dice.several(0, 12, () => `${dice.pick(verbs)}@${dice.chance(15) ? '*' : dice.pick(labels)}`);
  return [...new Set([...some, ...(dice.chance(65) ? ['read@*'] : [])])];
}
