import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInputObjectType,
  isObjectType,
  printType,
} from 'graphql';
import { expect, test } from 'vitest';
import { choice } from '../../../src/fields/choice.ts';
import { reference } from '../../../src/fields/reference.ts';
import { text } from '../../../src/fields/text.ts';
import { makeGraphqlSchema, printGraphqlSchema } from '../../../src/graphql/schema/schema.ts';
import { makeModel } from '../../../src/model.ts';
import { defineResource } from '../../../src/resource.ts';
import { declarations } from '../../../src/resources/index.ts';

const schema = makeGraphqlSchema(makeModel(declarations));

/** `name(argument: Type): Type` of a root field, as the issue writes it. */
function signature(root: GraphQLObjectType | null | undefined, name: string): string | null {
  const field = root?.getFields()[name];
  if (field === undefined) return null;
  const given = field.args.map(({ name: argument, type, defaultValue }) => {
    const value = defaultValue === undefined ? '' : ` = ${String(defaultValue).toUpperCase()}`;
    return `${argument}: ${String(type)}${value}`;
  });
  return `${name}(${given.join(', ')}): ${String(field.type)}`;
}

type Member = GraphQLField<unknown, unknown> | GraphQLInputField;

function membersOf(type: GraphQLNamedType | undefined): readonly Member[] {
  if (!isObjectType(type) && !isInputObjectType(type)) return [];
  return Object.values<Member>(type.getFields());
}

function fieldsOf(name: string, from: GraphQLSchema = schema): Readonly<Record<string, string>> {
  return Object.fromEntries(membersOf(from.getType(name)).map((field) => [field.name, String(field.type)]));
}

test('the root fields of a resource have the signatures of the contract', () => {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  expect([signature(query, 'interaction'), signature(query, 'interactions')]).toEqual([
    'interaction(id: ID!): Interaction',
    'interactions(filter: InteractionFilter, where: String, sort: [InteractionSort!], skip: Int, limit: Int, ' +
      'after: String, deleted: Deleted = EXCLUDE): InteractionConnection!',
  ]);
  expect(
    ['createInteraction', 'patchInteraction', 'deleteInteraction', 'restoreInteraction'].map((name) =>
      signature(mutation, name),
    ),
  ).toEqual([
    'createInteraction(input: InteractionInput!, id: ID, securityGroupId: ID, params: JSON): Interaction!',
    'patchInteraction(id: ID!, etag: String!, patch: [JsonPatchOperation!]!): Interaction!',
    'deleteInteraction(id: ID!, etag: String!): Interaction!',
    'restoreInteraction(id: ID!, etag: String!): Interaction!',
  ]);
  expect(
    ['createInteractions', 'patchInteractions', 'deleteInteractions'].map((name) => signature(mutation, name)),
  ).toEqual([
    'createInteractions(items: [InteractionCreate!]!, onError: OnError = ABORT): [InteractionVerdict!]!',
    'patchInteractions(items: [PatchItem!]!, onError: OnError = ABORT): [InteractionVerdict!]!',
    'deleteInteractions(items: [DeleteItem!]!, onError: OnError = ABORT): [InteractionVerdict!]!',
  ]);
});

test('every resource can be asked for, and all but the read-only ones can be written', () => {
  for (const { name, plural, typeName, declaration } of makeModel(declarations).resources) {
    expect(schema.getQueryType()?.getFields()).toMatchObject({ [name]: {}, [plural]: {} });
    expect(signature(schema.getMutationType(), `create${typeName}`) === null).toBe(declaration.readOnly === true);
  }
});

test('an envelope holds typed data, and relations beside it', () => {
  expect(fieldsOf('Interaction')).toMatchObject({
    id: 'ID!',
    customerId: 'ID!',
    securityGroupId: 'ID!',
    data: 'InteractionData!',
    meta: 'Meta!',
    contact: 'Contact',
    survey: 'Survey',
  });
  expect(fieldsOf('InteractionData')).toMatchObject({
    campaignId: 'ID!',
    timestamp: 'DateTimeISO!',
    survey: 'InteractionDataSurvey!',
    location: 'Point',
    unavailable: 'Boolean!',
    successful: 'Boolean',
    distance: 'Float',
  });
  expect(fieldsOf('InteractionDataSurvey')).toEqual({ surveyId: 'ID!', responses: 'JSON' });
  expect(fieldsOf('Contact')).toMatchObject({
    interactions: 'InteractionConnection!',
    households: 'HouseholdConnection!',
  });
  expect(fieldsOf('CampaignDataListsItem')).toEqual({ listId: 'ID!', type: 'CampaignListsItemType', list: 'List' });
  expect(fieldsOf('TurfData')).toMatchObject({ assignedUserIds: '[ID!]!', boundary: 'JSON!' });
});

test('a relation takes a filter name from the attribute, and a hidden group lends its members', () => {
  expect(fieldsOf('InteractionFilter')).toMatchObject({
    and: '[InteractionFilter!]',
    not: 'InteractionFilter',
    contact: 'ContactFilter',
    survey: 'SurveyFilter',
    surveyId: 'IdFilter',
    location: 'PointFilter',
    created: 'TimestampFilter',
  });
  expect(fieldsOf('ContactFilter')).toMatchObject({
    interactions: 'InteractionRelationFilter',
    notes: 'NoteRelationFilter',
  });
  expect(fieldsOf('InteractionRelationFilter')).toEqual({ some: 'InteractionFilter', none: 'InteractionFilter' });
  expect(fieldsOf('ContactHouseholdCampaignFilter')).toMatchObject({
    state: 'ContactHouseholdCampaignStateFilter',
    availability: 'ContactHouseholdCampaignFilterAvailability',
  });
});

test('each comparison has the operators that its kind takes', () => {
  const names = (type: string) => Object.keys(fieldsOf(type)).join(' ');
  const ordered = 'eq neq gt gte lt lte in nin between';
  for (const kind of ['Id', 'Int', 'Float', 'Timestamp']) {
    expect(names(`${kind}Filter`)).toBe(`${ordered} isNull`);
  }
  expect(names('TextFilter')).toBe(`${ordered} like isNull`);
  expect(names('BooleanFilter')).toBe('eq neq in nin isNull');
  expect(names('CampaignStatusFilter')).toBe('eq neq in nin isNull');
});

test('an input asks for what the server cannot find, and for nothing that only the server writes', () => {
  expect(fieldsOf('InteractionInput')).toMatchObject({
    contactId: 'ID!',
    contactHouseholdId: 'ID',
    survey: 'InteractionInputSurvey!',
    timestamp: 'DateTimeISO!',
  });
  expect(fieldsOf('HouseholdInput')).toMatchObject({ addressId: 'ID', address: 'AddressInput' });
  expect(fieldsOf('ContactInput')).toMatchObject({ profile: 'JSON!', fields: 'JSON' });
  expect(fieldsOf('OrganizationInput')).not.toHaveProperty('token');
  expect(fieldsOf('OrganizationData')).toHaveProperty('token');
});

test('a choice is an enum in which hyphens are underscores', () => {
  expect(printType(schema.getType('ContactHouseholdCampaignType')!)).toContain('do_not_knock');
});

test('every type, field, argument and member says what it is', () => {
  const silent: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (!type.description && !['Query', 'Mutation', 'Subscription'].includes(type.name)) silent.push(type.name);
    for (const field of membersOf(type)) {
      if (!field.description) silent.push(`${type.name}.${field.name}`);
      const given = 'args' in field ? field.args : [];
      silent.push(...given.filter(({ description }) => !description).map(({ name }) => `${field.name}(${name})`));
    }
  }
  expect(silent).toEqual([]);
});

test('building the same model again gives the same schema, and another model gives its own', () => {
  const parcel = defineResource({
    name: 'parcel',
    plural: 'parcels',
    route: null,
    scope: 'group',
    description: 'Something that is handed over at a door.',
    required: ['householdId'],
    fields: {
      householdId: reference('household', 'Where it goes.'),
      size: choice(['hand-sized', 'large'], 'How big it is.'),
      label: text('What it says.'),
    },
    example: { label: 'Leaflets' },
  });
  const larger = makeGraphqlSchema(makeModel([...declarations, parcel]));
  expect(fieldsOf('Parcel', larger)).toMatchObject({ household: 'Household', data: 'ParcelData!' });
  expect(fieldsOf('ParcelFilter', larger)).toMatchObject({ household: 'HouseholdFilter', size: 'ParcelSizeFilter' });
  expect(signature(larger.getMutationType(), 'createParcel')).toContain('input: ParcelInput!');
  const again = makeGraphqlSchema(makeModel(declarations));
  expect(again.getType('Parcel')).toBeUndefined();
  expect(printGraphqlSchema(again)).toBe(printGraphqlSchema(schema));
});
