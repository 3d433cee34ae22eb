/**
 * The body of a create: its attributes under `data`, or at the top as older clients send them. Both are spelt out,
 * because two schemas that are both closed cannot be joined.
 */
import type { Model, Resource } from '../../model.ts';
import type { JsonObject } from '../../json.ts';
import { attributeRules, closed, sentAttributes } from './row-schemas.ts';

export function createSchema(resource: Resource, model: Model): JsonObject {
  const attributes = attributesSchema(resource, model);
  const beside = besideAttributes(resource);
  const { properties, required, ...rules } = attributes;
  const flat = { ...closed({ ...beside, ...(properties as JsonObject) }, required as readonly string[]), ...rules };
  return {
    oneOf: [
      {
        title: 'Attributes under data',
        ...closed({ ...beside, data: { $ref: `#/components/schemas/${resource.typeName}Input` } }, ['data']),
      },
      { title: 'Attributes at the top', ...flat },
    ],
  };
}

/** A closed object of the attributes; a reference that may come as a whole row comes in one of the two ways. */
export function attributesSchema(resource: Resource, model: Model): JsonObject {
  const { fields, required, embeds = [] } = resource.declaration;
  const ways = embeds.map((attribute) => {
    const field = fields[attribute]!;
    const target = field.storage === 'column' ? field.reference!.to : '';
    const row = { $ref: `#/components/schemas/${model.get(target).typeName}Input` };
    return { attribute, name: attribute.replace(/Id$/, ''), row };
  });
  const embedded = ways.map(({ name, row }) => [name, embeddedSchema(row)] as const);
  const schema = closed(
    { ...sentAttributes(resource), ...Object.fromEntries(embedded) },
    required.filter((name) => !embeds.includes(name)),
  );
  const rules = attributeRules(resource);
  const choices = ways.map(({ attribute, name }) => ({ oneOf: [{ required: [attribute] }, { required: [name] }] }));
  return choices.length === 0
    ? { ...schema, ...rules }
    : { ...schema, allOf: [...((rules['allOf'] ?? []) as readonly JsonObject[]), ...choices] };
}

function embeddedSchema(row: JsonObject): JsonObject {
  const wrapped = { type: 'object', properties: { data: row }, required: ['data'] };
  return { description: 'The whole row, made together with this one.', oneOf: [wrapped, row] };
}

function besideAttributes({ declaration, typeName }: Resource): JsonObject {
  const uuid = { type: ['string', 'null'], format: 'uuid' };
  const { params = {} } = declaration;
  return {
    id: { ...uuid, description: 'Chosen by the client, so that the same create can be sent again; else made here.' },
    customerId: { ...uuid, description: 'The customer of the token.', 'x-reference': 'customer' },
    securityGroupId: {
      ...uuid,
      description: `Whose members may touch the ${typeName}; chosen for the caller when it is left out.`,
      'x-reference': 'securityGroup',
    },
    meta: { description: 'Passed over, so that an envelope can be sent back as it was read.' },
    params: {
      type: ['object', 'null'],
      description: 'What is sent beside the attributes and not kept among them.',
      properties: Object.fromEntries(
        Object.entries(params).map(([name, { description, schema }]) => [name, { ...schema, description }]),
      ),
    },
  };
}
