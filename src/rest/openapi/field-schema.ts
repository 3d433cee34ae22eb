/**
 * A field as JSON Schema 2020-12, for readers of the description: what the validator checks, with the words of the
 * declaration and `x-reference` where an id has to be that of a row.
 *
 * What is sent and what comes back differ: a caller may send null for what is not required, and REST leaves out of its
 * answers what is not set.
 */
import type { Field, GroupField, LeafField, RowsField } from '../../fields/field.ts';
import { orNull } from '../../fields/schema.ts';
import type { JsonObject } from '../../json.ts';

export function sentSchema(field: Field, required: boolean): JsonObject {
  const schema = describe(field, (member, isRequired) => sentSchema(member, isRequired));
  const { default: fallback } = field as { readonly default?: JsonObject };
  const whole = required ? schema : orNull(schema);
  return { description: field.description, ...whole, ...(fallback === undefined ? {} : { default: fallback }) };
}

export function shownSchema(field: Field): JsonObject {
  const schema = describe(field, (member) => shownSchema(member));
  const exact = field.kind === 'timestamp' ? { ...schema, pattern: '\\.[0-9]{3}Z$' } : schema;
  return { description: field.description, ...exact };
}

type DescribeMember = (member: LeafField, required: boolean) => JsonObject;

function describe(field: Field, describeMember: DescribeMember): JsonObject {
  if (field.storage === 'column') return leafSchema(field);
  if (field.storage === 'group') return membersSchema(field, describeMember);
  const key = field.members[field.key]!;
  const items = field.bare ? leafSchema(key) : membersSchema(field, describeMember);
  // Two items with one key could not be told apart.
  const distinct = field.bare ? { uniqueItems: true } : { 'x-key': field.key };
  return { type: 'array', items, minItems: field.minItems, maxItems: 10_000, ...distinct };
}

function membersSchema({ members, required }: GroupField | RowsField, describeMember: DescribeMember): JsonObject {
  const properties = Object.entries(members).map(
    ([name, member]) => [name, describeMember(member, required.includes(name))] as const,
  );
  return { type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: false };
}

function leafSchema({ schema, reference }: LeafField): JsonObject {
  return reference === undefined || reference.to === '' ? schema : { ...schema, 'x-reference': reference.to };
}
