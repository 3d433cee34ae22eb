/**
 * What a device keeps: the members of each kind of document, with their JSON types. It is the server's list of
 * collections over again, because a phone asks for exactly what its schema has; a test holds the two together.
 */
export type MemberType = 'string' | 'integer' | 'number' | 'boolean';

export interface CollectionMembers {
  readonly members: Readonly<Record<string, MemberType>>;
  /** The members that a device writes; nothing is pushed of a collection that has none. */
  readonly written: readonly string[];
}

const texts = <Name extends string>(...names: readonly Name[]): Record<Name, 'string'> =>
  Object.fromEntries(names.map((name) => [name, 'string'])) as Record<Name, 'string'>;

export const collections = {
  campaign: {
    members: texts('name', 'description', 'organizationId', 'status', 'ended', 'timeZone', 'fields'),
    written: [],
  },
  survey: { members: texts('name', 'questions', 'segments'), written: [] },
  question: {
    members: {
      ...texts('text', 'tag', 'type', 'options', 'choices', 'url', 'keyboard', 'placeholder'),
      ...{ required: 'boolean', multiline: 'boolean', max: 'integer' },
    },
    written: [],
  },
  walklist: { members: texts('name', 'campaignId', 'turfId', 'userId', 'status', 'expires'), written: [] },
  walklistItem: {
    members: {
      ...texts('walklistId', 'householdId', 'contactHouseholdIds', 'progress', 'remark'),
      position: 'integer',
    },
    written: ['progress', 'remark'],
  },
  household: {
    members: {
      ...texts('unitNum', 'externalId', 'addressId', 'number', 'streetName', 'city', 'county', 'neighborhood'),
      ...texts('state', 'postalCode', 'country'),
      ...{ lat: 'number', lng: 'number' },
    },
    written: [],
  },
  contact: {
    members: {
      ...texts('title', 'given', 'middlename', 'surname', 'suffix', 'gender', 'birthdate', 'age', 'profile', 'notes'),
      ...texts('fields', 'externalId', 'primaryHouseholdId', 'households'),
    },
    written: [],
  },
  interaction: {
    members: {
      ...texts('campaignId', 'contactId', 'householdId', 'contactHouseholdId', 'timestamp', 'surveyId', 'responses'),
      ...texts('unavailableReason', 'statusId', 'walklistId', 'turfId'),
      ...{ lat: 'number', lng: 'number', confidence: 'number', distance: 'number' },
      ...{ successful: 'boolean', unavailable: 'boolean' },
    },
    written: [
      ...['campaignId', 'contactId', 'householdId', 'timestamp', 'surveyId', 'responses', 'lat', 'lng', 'confidence'],
      ...['successful', 'unavailable', 'unavailableReason', 'statusId', 'walklistId', 'turfId'],
    ],
  },
  syncRejection: {
    members: texts('kind', 'documentId', 'code', 'reason', 'payload', 'walklistId', 'status', 'resolved'),
    written: [],
  },
} as const satisfies Readonly<Record<string, CollectionMembers>>;

export type CollectionName = keyof typeof collections;

export const collectionNames = Object.keys(collections) as readonly CollectionName[];
