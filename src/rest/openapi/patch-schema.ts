/** JSON Patch (RFC 6902) and the bodies in which it comes. Members that the RFC does not define are passed over. */
import type { JsonObject } from '../../json.ts';

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
const passedOver = { description: 'Passed over, so that an envelope can be sent back as it was read.' };

/** Beside `data` stands nothing that could be meant as a change. */
export const patchBodySchema: JsonObject = {
  oneOf: [
    {
      type: 'object',
      properties: {
        data: bare,
        ...Object.fromEntries(['id', 'customerId', 'securityGroupId', 'meta'].map((name) => [name, passedOver])),
      },
      required: ['data'],
      additionalProperties: false,
    },
    bare,
  ],
};
