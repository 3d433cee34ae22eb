/** JSON Patch (RFC 6902) and the bodies in which it comes. Members that the RFC does not define are passed over. */
import type { LeafField } from '../../fields/field.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Resource } from '../../model.ts';
import { passedOver } from './body-schema.ts';
import { sentSchema } from './field-schema.ts';
import { closed } from './row-schemas.ts';

const pointer = {
  type: 'string',
  pattern: '^(/([^~/]|~[01])*)*$',
  description: 'A JSON Pointer (RFC 6901), relative to data or written from the root as /data/….',
};

export const operationSchema: JsonObject = {
  oneOf: [
    operation(['add', 'replace', 'test'], { value: { description: 'Any JSON value.' } }),
    operation(['remove'], {}),
    operation(['move', 'copy'], { from: pointer }),
  ],
};

function operation(names: readonly string[], more: JsonObject): JsonObject {
  return {
    type: 'object',
    title: names.join(', '),
    properties: { op: { enum: names }, path: pointer, ...more },
    required: ['op', 'path', ...Object.keys(more)],
  };
}

export const patchSchema: JsonObject = {
  type: 'array',
  description: 'Applied in order, all or nothing. The document holds every attribute, null where it is not set.',
  items: { $ref: '#/components/schemas/JsonPatchOperation' },
  minItems: 1,
  maxItems: 1000,
};

const bare = { $ref: '#/components/schemas/JsonPatch' };

/** The operations, and what may stand beside them: nothing there could be meant as a change. */
function wrapped(data: JsonObject, more: JsonObject = {}, required: readonly Json[] = []): JsonObject {
  const beside = Object.fromEntries(['id', 'customerId', 'securityGroupId', 'meta'].map((name) => [name, passedOver]));
  return closed({ data, ...beside, ...more }, ['data', ...required]);
}

/** For resources that have no actions; those that do have a schema of their own. */
export const patchBodySchema: JsonObject = { oneOf: [wrapped(bare), bare] };

export function hasActions({ declaration }: Resource): boolean {
  return declaration.actionParams !== undefined;
}

/** An action comes in `params`; what it sets is set after the operations, of which there may then be none. */
export function actionBodySchema({ declaration }: Resource): JsonObject {
  const actions = Object.entries(declaration.actionParams ?? {}).map(([action, members]) => {
    const schemasOf = (fields: Readonly<Record<string, LeafField>>, required: boolean): JsonObject =>
      Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, sentSchema(field, required)]));
    const needed = { action: { const: action }, ...schemasOf(members, true) };
    const all = { ...needed, ...schemasOf(declaration.actionOptions?.[action] ?? {}, false) };
    return { type: 'object', properties: all, required: Object.keys(needed) };
  });
  const operations = { type: 'array', items: { $ref: '#/components/schemas/JsonPatchOperation' }, maxItems: 1000 };
  return { oneOf: [wrapped(bare), wrapped(operations, { params: { oneOf: actions } }, ['params']), bare] };
}

/** One of the items of many patches: each is guarded by an etag of its own. */
export function patchItemSchema({ name }: Resource): JsonObject {
  const id = { type: 'string', format: 'uuid', 'x-reference': name };
  const etag = { type: 'string', description: 'Of the row that was read: bare, in quotes, or with W/.' };
  return wrapped(bare, { id, etag }, ['id', 'etag']);
}
