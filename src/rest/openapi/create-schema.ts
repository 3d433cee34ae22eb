/** What a create takes: the attributes that are the caller's to give, and what it brings along in `params`. */
import { orNull } from '../../fields/schema.ts';
import type { JsonObject } from '../../json.ts';
import type { Model, Resource } from '../../model.ts';
import { bodySchema, passedOver } from './body-schema.ts';
import { sentSchema } from './field-schema.ts';
import { referenceOf } from './reference-of.ts';
import { closed } from './row-schemas.ts';

export function createSchema(resource: Resource, model: Model): JsonObject {
  return bodySchema({
    data: attributesSchema(resource, model),
    component: inputName(resource),
    params: paramsOf(resource, model),
  });
}

/** Attributes of the resource that a caller may send; `x-unique` marks those that no two rows have in common. */
export function sentAttributes(
  { declaration }: Resource,
  isRequired = (name: string): boolean => declaration.required.includes(name),
): JsonObject {
  const kept = Array.isArray(declaration.readOnly) ? (declaration.readOnly as readonly string[]) : [];
  const alone = (declaration.unique ?? []).flatMap(({ of }) => (of.length === 1 ? of : []));
  const sent = Object.entries(declaration.fields).filter(([name]) => !kept.includes(name));
  return Object.fromEntries([
    ...sent.map(([name, field]) => {
      const schema = sentSchema(field, isRequired(name));
      return [name, alone.includes(name) ? { ...schema, 'x-unique': true } : schema] as const;
    }),
    ...(declaration.passedOver ?? []).map((name) => [name, passedOver] as const),
  ]);
}

/** A closed object of the attributes; a reference that may come as a whole row comes in one of the two ways. */
export function attributesSchema(resource: Resource, model: Model): JsonObject {
  const { required, embeds = [], rules = [] } = resource.declaration;
  const ways = embeds.map((attribute) => {
    const row = { $ref: `#/components/schemas/${inputName(model.get(referenceOf(resource, attribute)))}` };
    return { attribute, name: attribute.replace(/Id$/, ''), row };
  });
  const schema = closed(
    { ...sentAttributes(resource), ...Object.fromEntries(ways.map(({ name, row }) => [name, embeddedSchema(row)])) },
    required.filter((name) => !embeds.includes(name)),
  );
  const choices = ways.map(({ attribute, name }) => ({ oneOf: [{ required: [attribute] }, { required: [name] }] }));
  return rules.length + choices.length === 0 ? schema : { ...schema, allOf: [...rules, ...choices] };
}

export function inputName({ typeName }: Resource): string {
  return `${typeName}Input`;
}

function embeddedSchema(row: JsonObject): JsonObject {
  const wrapped = { type: 'object', properties: { data: row }, required: ['data'] };
  return { description: 'The whole row, made together with this one.', oneOf: [wrapped, row] };
}

function paramsOf({ declaration }: Resource, model: Model): JsonObject {
  const own = Object.entries(declaration.params ?? {}).map(
    ([name, { description, schema }]) => [name, { ...orNull(schema), description }] as const,
  );
  const brought = Object.entries(declaration.brings ?? {}).map(([name, { resource, by, defaults }]) => {
    const target = model.get(resource);
    const { properties, required, ...more } = attributesSchema(target, model) as { readonly [key: string]: JsonObject };
    const left = Object.entries(properties!).filter(([attribute]) => attribute !== by);
    const needed = (required as unknown as readonly string[]).filter((each) => each !== by && !(each in defaults));
    const items = { ...more, ...closed(Object.fromEntries(left), needed) };
    const description = `Rows that are made together with this one: ${target.declaration.description}`;
    return [name, { type: 'array', description, items, minItems: 1, maxItems: 100 }] as const;
  });
  return Object.fromEntries([...own, ...brought]);
}
