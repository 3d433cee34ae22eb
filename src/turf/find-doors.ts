/**
 * The doors that can be cut: those of a campaign's lists that the caller may see, where somebody may be asked for. A
 * door where anybody does not want to be knocked at is left out, whoever else lives there.
 */
import type { Viewer } from '../access/viewer.ts';
import { and, compare, type Filter } from '../filter/tree.ts';
import type { WalkDoor } from '../geometry/walking-order.ts';
import type { Attribute, Model, Relation, Resource } from '../model.ts';
import { Problem } from '../problem.ts';
import type { Reader } from '../read/reader.ts';
import type { Output } from '../read/selection.ts';
import type { StopSignal } from '../stop.ts';

export interface KnownDoor extends Omit<WalkDoor, 'lat' | 'lng'> {
  readonly householdId: string;
  readonly securityGroupId: string;
  /** Null where nobody knows where it is. */
  readonly coords: { readonly lat: number; readonly lng: number } | null;
  /** Whom to ask for. */
  readonly contactHouseholdIds: readonly string[];
}

export interface DoorQuestion {
  readonly campaignId: string;
  readonly listIds: readonly string[];
  /** Lists of people who do not want to be knocked at. */
  readonly spared: readonly string[];
  readonly states: readonly string[] | null;
}

/** People, not doors. */
const mostPeople = 50_000;

/**
 * Three short questions, and not one that asks of each person who else lives there and what they want: the deeper
 * relations go, the worse PostgreSQL guesses how often it will have to follow them.
 */
export async function findDoors(
  { model, reader }: { readonly model: Model; readonly reader: Reader },
  viewer: Viewer,
  question: DoorQuestion,
  signal?: StopSignal,
): Promise<readonly KnownDoor[]> {
  const { campaignId, listIds, states } = question;
  const people = model.get('contactHouseholdList');
  const known = model.get('contactHouseholdCampaign');
  const ask = async <Row>(resource: Resource, filter: Filter, members: readonly Output[]): Promise<readonly Row[]> => {
    const page = { skip: 0, limit: mostPeople, after: null };
    const list = { resource, filter, sort: [], page, deleted: 'exclude', members: [] } as const;
    const { rows, next } = await reader.readPage(viewer, { list, members }, { signal });
    if (next === null) return JSON.parse(`[${rows.toString()}]`) as readonly Row[];
    const detail = `There are more than ${mostPeople} people on these lists: cut fewer lists at once.`;
    throw new Problem('INVALID_INPUT', detail);
  };
  const inCampaign = compare(['data', 'campaignId'], 'eq', campaignId);
  const isListed = isOneOf('listId', listIds);
  const ofLists = states === null ? isListed : and(isListed, some('contactHousehold', isInState(states, inCampaign)));
  const listed = await ask<Listed>(people, ofLists, doorMembers(people, model));
  const spared = [
    ...(await ask<Spared>(known, and(inCampaign, isSpared), whereMembers(known, model))),
    ...(question.spared.length === 0
      ? []
      : await ask<Spared>(people, isOneOf('listId', question.spared), whereMembers(people, model))),
  ].map(({ contactHousehold }) => contactHousehold?.householdId);
  const left = new Set(spared);
  return gather(listed).filter(({ householdId }) => !left.has(householdId));
}

interface Spared {
  readonly contactHousehold?: { readonly householdId: string };
}

/** Somebody on a list, as the selection below spells it; what is not set, or not to be seen, is missing. */
interface Listed {
  readonly contactHouseholdId: string;
  readonly contactHousehold?: {
    readonly household?: {
      readonly id: string;
      readonly securityGroupId: string;
      readonly unitNum?: string;
      readonly address?: {
        readonly number?: string;
        readonly streetName: string;
        readonly coords?: { readonly lat: number; readonly lng: number };
      };
    };
  };
}

function findAttribute(of: Resource, path: readonly string[]): Attribute {
  return [...of.envelope, ...of.attributes].find((each) => each.path.join('/') === path.join('/'))!;
}

function attribute(of: Resource, ...path: readonly string[]): Output {
  return { kind: 'attribute', key: path.at(-1)!, attribute: findAttribute(of, path) };
}

function one(of: Resource, name: string, model: Model, members: (target: Resource) => readonly Output[]): Output {
  const relation = of.relations.get(name) as Relation & { kind: 'one' };
  return { kind: 'one', key: name, relation, members: members(model.get(relation.target)) };
}

function doorMembers(people: Resource, model: Model): readonly Output[] {
  const coordsOf = (address: Resource): Output => {
    const paths = ['lat', 'lng'].map((member) => ['data', 'coords', member]);
    const members = paths.map((path) => attribute(address, ...path));
    return { kind: 'object', key: 'coords', group: paths.map((path) => findAttribute(address, path)), members };
  };
  return [
    attribute(people, 'data', 'contactHouseholdId'),
    one(people, 'contactHousehold', model, (link) => [
      one(link, 'household', model, (household) => [
        attribute(household, 'id'),
        attribute(household, 'securityGroupId'),
        attribute(household, 'data', 'unitNum'),
        one(household, 'address', model, (address) => [
          attribute(address, 'data', 'number'),
          attribute(address, 'data', 'streetName'),
          coordsOf(address),
        ]),
      ]),
    ]),
  ];
}

function whereMembers(resource: Resource, model: Model): readonly Output[] {
  return [one(resource, 'contactHousehold', model, (link) => [attribute(link, 'data', 'householdId')])];
}

const some = (relation: string, of: Filter): Filter => ({ kind: 'related', relation, quantifier: 'some', of });
const none = (relation: string, of: Filter): Filter => ({ kind: 'related', relation, quantifier: 'none', of });
const isOneOf = (name: string, values: readonly string[]): Filter => compare(['data', name], 'in', [...values]);

const isSpared: Filter = {
  kind: 'or',
  of: [isOneOf('type', ['do-not-knock']), isOneOf('state', ['not-contacted-do-not-knock'])],
};

/** Whom the campaign knows nothing of yet has not been contacted. */
function isInState(states: readonly string[], inCampaign: Filter): Filter {
  const known = some('contactHouseholdCampaigns', and(inCampaign, isOneOf('state', states)));
  if (!states.includes('not-contacted-normal')) return known;
  return { kind: 'or', of: [known, none('contactHouseholdCampaigns', inCampaign)] };
}

function gather(listed: readonly Listed[]): readonly KnownDoor[] {
  const doors = new Map<string, KnownDoor & { readonly contactHouseholdIds: string[] }>();
  for (const { contactHouseholdId, contactHousehold } of listed) {
    const household = contactHousehold?.household;
    if (household === undefined) continue;
    const { id, securityGroupId, unitNum = null, address } = household;
    const door = doors.get(id) ?? {
      ...{ householdId: id, securityGroupId, unit: unitNum, contactHouseholdIds: [] },
      ...{ number: address?.number ?? null, street: address?.streetName ?? '', coords: address?.coords ?? null },
    };
    // Who is on two lists lives there once.
    if (!door.contactHouseholdIds.includes(contactHouseholdId)) door.contactHouseholdIds.push(contactHouseholdId);
    doors.set(id, door);
  }
  // In an order of their own, so that the same doors are always cut the same way.
  return [...doors.values()].sort((one, other) => (one.householdId < other.householdId ? -1 : 1));
}
