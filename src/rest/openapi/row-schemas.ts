/**
 * What is sent and shown of one resource. Objects are closed: an attribute that nobody declared is refused on the way
 * in and never comes out.
 *
 * A newcomer's mistake would be to require in answers what a create requires not to be null only here: REST leaves out
 * what is not set, so an answer holds for certain what the declaration requires, and nothing else.
 */
import type { Attribute, Resource } from '../../model.ts';
import type { Json, JsonObject } from '../../json.ts';
import { exampleEnvelope } from './examples.ts';
import { sentSchema, shownSchema } from './field-schema.ts';

/** Attributes of the resource that a caller may send. */
export function sentAttributes({ declaration }: Resource): JsonObject {
  const kept = Array.isArray(declaration.readOnly) ? (declaration.readOnly as readonly string[]) : [];
  return Object.fromEntries(
    Object.entries(declaration.fields)
      .filter(([name]) => !kept.includes(name))
      .map(([name, field]) => [name, sentSchema(field, declaration.required.includes(name))]),
  );
}

/** The rules between attributes that JSON Schema can say. */
export function attributeRules({ declaration }: Resource): JsonObject {
  const { rules = [] } = declaration;
  return rules.length === 0 ? {} : { allOf: rules };
}

export function shownRow(resource: Resource): JsonObject {
  const { declaration, envelope, label, typeName } = resource;
  const top = envelope.filter(({ path }) => path.length === 1);
  const meta = envelope.filter(({ path }) => path[0] === 'meta');
  const data = Object.entries(declaration.fields).map(([name, field]) => [name, shownSchema(field)] as const);
  const always = Object.entries(declaration.fields).flatMap(([name, field]) =>
    field.storage === 'rows' || declaration.required.includes(name) ? [name] : [],
  );
  return {
    title: typeName,
    description: declaration.description,
    examples: [exampleEnvelope(resource)],
    ...closed({ ...propertiesOf(top), data: closed(Object.fromEntries(data), always), meta: metaSchema(label, meta) }, [
      ...top.map(({ path }) => path[0]!),
      'data',
      'meta',
    ]),
  };
}

function metaSchema(label: string, attributes: readonly Attribute[]): JsonObject {
  const resource = { const: label, description: 'What kind of row this is; also the second half of a permission.' };
  const required = attributes.flatMap(({ path, required }) => (required ? [path[1]!] : []));
  return closed({ resource, ...propertiesOf(attributes) }, ['resource', ...required]);
}

function propertiesOf(attributes: readonly Attribute[]): JsonObject {
  return Object.fromEntries(attributes.map(({ path, field }) => [path.at(-1)!, shownSchema(field)]));
}

export function closed(properties: JsonObject, required: readonly Json[]): JsonObject {
  return { type: 'object', properties, required, additionalProperties: false };
}
