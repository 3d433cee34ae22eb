/**
 * Rows as they are shown. Objects are closed, because nothing comes out that nobody declared.
 *
 * A newcomer's mistake would be to require every attribute: REST leaves out what is not set, so a row holds for certain
 * what the declaration requires, and nothing else.
 */
import { splitPointer } from '../../json-pointer.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Attribute, Model, Resource } from '../../model.ts';
import type { Shown } from '../../resource.ts';
import { exampleEnvelope } from './examples.ts';
import { shownSchema } from './field-schema.ts';
import { referenceOf } from './reference-of.ts';

/** `more` stands beside `data` where the row is listed below another. */
export function shownRow(resource: Resource, model: Model, more: JsonObject = {}): JsonObject {
  const { declaration, typeName } = resource;
  const shows = Object.entries(declaration.shows ?? {}).map(([pointer, shown]) => {
    const path = splitPointer(pointer);
    return { depth: path.length, name: path.at(-1)!, schema: besideSchema(shown, resource, model) };
  });
  const at = (wanted: number): JsonObject =>
    Object.fromEntries(shows.filter(({ depth }) => depth === wanted).map(({ name, schema }) => [name, schema]));
  return {
    title: typeName,
    description: declaration.description,
    examples: [exampleEnvelope(resource, model)],
    ...envelopeSchema(resource, shownData(resource, at(2)), { ...at(1), ...more }),
  };
}

/** An envelope around that data. */
export function envelopeSchema({ envelope, label }: Resource, data: JsonObject, more: JsonObject = {}): JsonObject {
  const top = envelope.filter(({ path }) => path.length === 1);
  const meta = envelope.filter(({ path }) => path[0] === 'meta');
  return closed({ ...propertiesOf(top), data, meta: metaSchema(label, meta), ...more }, [
    ...top.map(({ path }) => path[0]!),
    'data',
    'meta',
  ]);
}

function shownData({ declaration }: Resource, more: JsonObject = {}): JsonObject {
  const fields = Object.entries(declaration.fields);
  const always = fields.filter(([name, { storage }]) => storage === 'rows' || declaration.required.includes(name));
  return closed(
    { ...Object.fromEntries(fields.map(([name, field]) => [name, shownSchema(field)])), ...more },
    always.map(([name]) => name),
  );
}

/** Left out where the caller may not see it, and what is counted also from answers to writes. */
function besideSchema(shown: Shown, resource: Resource, model: Model): JsonObject {
  if (shown.kind === 'count') return { type: 'integer', minimum: 0, description: shown.description };
  const target = model.get(referenceOf(resource, shown.reference));
  const description = `What ${shown.reference} leads to, where the caller may see it.`;
  if (shown.as === 'data') return { description, ...shownData(target) };
  const id = { type: 'string', format: 'uuid' };
  return { description, ...closed({ id, data: shownData(target) }, ['id', 'data']) };
}

function metaSchema(label: string, attributes: readonly Attribute[]): JsonObject {
  const resource = { const: label, description: 'What kind of row this is; also the second half of a permission.' };
  const required = attributes.flatMap(({ path, required }) => (required ? [path[1]!] : []));
  return closed({ resource, ...propertiesOf(attributes) }, ['resource', ...required]);
}

function propertiesOf(attributes: readonly Attribute[]): JsonObject {
  return Object.fromEntries(attributes.map(({ path, field }) => [path.at(-1)!, shownSchema(field)]));
}

export function pageSchema(items: JsonObject): JsonObject {
  return closed({ data: { type: 'array', items }, meta: closed({}, []) }, ['data', 'meta']);
}

export function closed(properties: JsonObject, required: readonly Json[]): JsonObject {
  return { type: 'object', properties, required, additionalProperties: false };
}
