/**
 * The resources of the random worlds, as much of them as a prediction has to know. Written down by hand on purpose: a
 * prediction that asked the house's own model would believe whatever mistake is in there.
 */
export interface Kind {
  readonly plural: string;
  /** The REST address; GraphQL has all of them. */
  readonly route: string | null;
  /** The second half of a permission. */
  readonly label: string;
  readonly scope: 'customer' | 'group' | 'group-and-above';
  /** The attribute in which a row says its mark; links say nothing. */
  readonly mark: string | null;
  /** Attributes that refer to another row. */
  readonly references: Readonly<Record<string, KindName>>;
  /** Whether it comes and goes with what it refers to. */
  readonly isLink?: boolean;
}

export type KindName = 'role' | 'campaign' | 'survey' | 'list' | 'address' | 'household' | 'contact' | LinkName | Event;
type LinkName = 'contactHousehold' | 'contactHouseholdList';
type Event = 'note' | 'interaction';

/** In the order in which they can be made. */
export const kinds: Readonly<Record<KindName, Kind>> = {
  role: { ...named('role', 'v1'), scope: 'customer', mark: 'description', references: {} },
  campaign: { ...named('campaign', 'v1'), scope: 'group-and-above', mark: 'description', references: {} },
  survey: { ...named('survey', 'v1'), scope: 'group-and-above', mark: 'name', references: {} },
  list: { ...named('list', 'v1'), scope: 'group-and-above', mark: 'description', references: {} },
  address: {
    ...{ plural: 'addresses', route: null, label: 'addresses' },
    ...{ scope: 'group', mark: 'neighborhood', references: {} },
  },
  household: {
    ...named('household', 'v2'),
    ...{ scope: 'group', mark: 'externalId', references: { addressId: 'address' } },
  },
  contact: {
    ...named('contact', 'v2'),
    ...{ scope: 'group', mark: 'notes', references: { primaryHouseholdId: 'household' } },
  },
  contactHousehold: {
    ...{ plural: 'contactHouseholds', route: '/v2/contact-households', label: 'contact-households' },
    ...{ scope: 'group', mark: null, references: { contactId: 'contact', householdId: 'household' }, isLink: true },
  },
  contactHouseholdList: {
    ...{ plural: 'contactHouseholdLists', route: '/v1/contact-household-lists', label: 'contact-household-lists' },
    ...{ scope: 'group', mark: null, references: { listId: 'list', contactHouseholdId: 'contactHousehold' } },
    isLink: true,
  },
  note: { ...named('note', 'v2'), scope: 'group', mark: 'text', references: { contactId: 'contact' } },
  interaction: {
    ...named('interaction', 'v2'),
    scope: 'group',
    mark: 'unavailableReason',
    references: {
      ...{ campaignId: 'campaign', contactId: 'contact', householdId: 'household' },
      ...{ contactHouseholdId: 'contactHousehold' },
    },
  },
};

export const kindNames = Object.keys(kinds) as readonly KindName[];

/** How rows of one kind lead to rows of another. */
export interface Relation {
  readonly from: KindName;
  readonly name: string;
  readonly to: KindName;
  readonly by:
    | { readonly kind: 'one'; readonly attribute: string }
    | { readonly kind: 'many'; readonly attribute: string }
    | { readonly kind: 'through'; readonly link: KindName; readonly near: string; readonly far: string };
}

/** Where the reference's own name would be another thing's. */
const inverses: Readonly<Record<string, string>> = { primaryHouseholdId: 'residents' };

export const relations: readonly Relation[] = kindNames.flatMap((name) => {
  const { plural, references, isLink = false } = kinds[name];
  const ends = Object.entries(references);
  const direct = ends.flatMap(([attribute, to]): readonly Relation[] => [
    { from: name, name: attribute.replace(/Id$/, ''), to, by: { kind: 'one', attribute } },
    { from: to, name: inverses[attribute] ?? plural, to: name, by: { kind: 'many', attribute } },
  ]);
  if (!isLink) return direct;
  const [[left, one], [right, other]] = ends as [(typeof ends)[number], (typeof ends)[number]];
  return [
    ...direct,
    { from: one, name: kinds[other].plural, to: other, by: { kind: 'through', link: name, near: left, far: right } },
    { from: other, name: kinds[one].plural, to: one, by: { kind: 'through', link: name, near: right, far: left } },
  ];
});

function named(name: string, version: 'v1' | 'v2') {
  return { plural: `${name}s`, route: `/${version}/${name}s`, label: `${name}s` };
}
