/** What is put: a link at its address, and many links that say themselves what they link. */
import type { JsonObject } from '../../json.ts';
import type { Model, Resource } from '../../model.ts';
import { parseAddress, type PathParameter } from '../path-parameters.ts';
import { bodySchema } from './body-schema.ts';
import { sentAttributes } from './create-schema.ts';
import { closed } from './row-schemas.ts';

/** The link's own attributes, none of which has to come. */
export function putSchema(resource: Resource): JsonObject {
  const { oneOf } = bodySchema({ data: closed(ownAttributes(resource), []), params: {} });
  return { oneOf: [...(oneOf as readonly JsonObject[]), { title: 'Nothing', type: 'null' }] };
}

/**
 * An item names its ends in `data` or in `params`, except those that the address names. An end that is a link itself is
 * named by its id, or by what it links.
 */
export function putItemSchema(resource: Resource, inAddress: readonly PathParameter[], model: Model): JsonObject {
  const { parameters } = parseAddress(resource.declaration.addresses!.row!, resource, model);
  const open = parameters.filter(({ name }) => inAddress.every((given) => given.name !== name));
  const names = Object.fromEntries(open.map(({ name, of }) => [name, idOf(of.name)]));
  const ends = Object.fromEntries(
    open.map(({ lead }) => [lead[0]!.path[1]!, idOf(lead[0]!.field.reference!.to)] as const),
  );
  const data = closed({ ...ownAttributes(resource), ...ends, ...names }, []);
  return bodySchema({
    data,
    params: names,
    rules: {
      wrapped: { allOf: open.map((each) => named(each, (name) => ({ properties: { data: textIn(name) } }))) },
      flat: { allOf: open.map((each) => named(each, textIn)) },
    },
  });
}

/** Null is the same as nothing, and names no end. */
function named({ name, lead }: PathParameter, inData: (name: string) => JsonObject): JsonObject {
  const inParams = { properties: { params: { type: 'object', ...textIn(name) } }, required: ['params'] };
  const places = new Set([name, lead[0]!.path[1]!]);
  return { anyOf: [...[...places].map(inData), inParams] };
}

function textIn(name: string): JsonObject {
  return { properties: { [name]: { type: 'string' } }, required: [name] };
}

function ownAttributes(resource: Resource): JsonObject {
  const link: readonly string[] = resource.declaration.link ?? [];
  const sent = Object.entries(sentAttributes(resource, () => false));
  return Object.fromEntries(sent.filter(([name]) => !link.includes(name)));
}

function idOf(resource: string): JsonObject {
  return { type: ['string', 'null'], format: 'uuid', 'x-reference': resource };
}
