/**
 * Bodies that hold attributes: under `data`, or at the top as older clients send them. Both are spelt out, because two
 * schemas that are both closed cannot be joined.
 */
import type { JsonObject } from '../../json.ts';
import { closed } from './row-schemas.ts';

export interface Body {
  /** A closed object of the attributes, without references inside to what it consists of. */
  readonly data: JsonObject;
  /** The same as a component, where it is one. */
  readonly component?: string;
  readonly params: JsonObject;
  /** Rules for the body as a whole, one for each of the two forms. */
  readonly rules?: { readonly wrapped: JsonObject; readonly flat: JsonObject };
}

export function bodySchema({ data, component, params, rules }: Body): JsonObject {
  const beside = { ...besideAttributes, params: paramsSchema(params) };
  const { properties, required, ...more } = data;
  const inner = component === undefined ? data : { $ref: `#/components/schemas/${component}` };
  const top = closed({ ...beside, ...(properties as JsonObject) }, required as readonly string[]);
  return {
    oneOf: [
      { title: 'Attributes under data', ...closed({ ...beside, data: inner }, ['data']), ...rules?.wrapped },
      { title: 'Attributes at the top', ...top, ...more, ...rules?.flat },
    ],
  };
}

const uuid = { type: ['string', 'null'], format: 'uuid' };

export const passedOver = { description: 'Passed over, so that what was read can be sent back.' };

const besideAttributes = {
  id: { ...uuid, description: 'Chosen by the client, so that the same create can be sent again; else made here.' },
  customerId: { ...uuid, description: 'The customer of the token.', 'x-reference': 'customer' },
  securityGroupId: {
    ...uuid,
    description: 'Whose members may touch a new row; chosen for the caller when it is left out.',
    'x-reference': 'securityGroup',
  },
  meta: passedOver,
};

function paramsSchema(properties: JsonObject): JsonObject {
  return {
    type: ['object', 'null'],
    description: 'What is sent beside the attributes and not kept among them.',
    properties,
  };
}
