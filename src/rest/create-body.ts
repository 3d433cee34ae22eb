/**
 * The body of a POST. The attributes stand at the top or under `data`; beside them `id`, `customerId`,
 * `securityGroupId` and `params`. `meta` is passed over, because clients send back envelopes that they have read, and
 * all of it is made by the server.
 *
 * Attributes are not looked at here: the writer checks them for every transport.
 */
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { printPointer } from '../json-pointer.ts';
import type { Resource } from '../model.ts';
import { type Fault, invalidInput, Problem } from '../problem.ts';
import { isUuid } from '../uuid.ts';
import { shorten } from './query-parameters.ts';

export interface CreateBody {
  readonly id: string | null;
  readonly customerId: string | null;
  readonly securityGroupId: string | null;
  readonly data: JsonObject;
  readonly params: JsonObject;
  /** Whether the attributes stand under `data`. */
  readonly isWrapped: boolean;
  /** What is wrong with the shape of the body. */
  readonly faults: readonly Fault[];
}

const ownKeys = new Set(['id', 'customerId', 'securityGroupId', 'meta', 'params', 'data']);

export function parseCreateBody(body: unknown, { declaration }: Resource): CreateBody {
  const faults: Fault[] = [];
  const root = checkObject(body as Json, '', faults);
  const text = (key: string): string | null => {
    const value = root[key] ?? null;
    if (value === null || typeof value === 'string') return value;
    faults.push({ pointer: `/${key}`, message: 'must be a UUID in a text' });
    return null;
  };
  const isWrapped = root['data'] !== undefined;
  const others = Object.entries(root).filter(([key]) => !ownKeys.has(key));
  if (isWrapped)
    for (const [key] of others) faults.push({ pointer: printPointer([key]), message: 'belongs into data' });
  const data = isWrapped ? checkObject(root['data'], '/data', faults) : Object.fromEntries(others);
  const { passedOver = [] } = declaration;
  return {
    id: text('id'),
    customerId: text('customerId'),
    securityGroupId: text('securityGroupId'),
    data: Object.fromEntries(Object.entries(data).filter(([key]) => !passedOver.includes(key))),
    params: checkObject(root['params'] ?? {}, '/params', faults),
    isWrapped,
    faults,
  };
}

/** For puts: an id that only a new row would get is looked at also where there is a row already. */
export function withIdFaults(body: CreateBody): CreateBody {
  const names = ['id', 'securityGroupId'] as const;
  const wrong = names.filter((name) => body[name] !== null && !isUuid(body[name]));
  const faults = wrong.map((name) => ({ pointer: `/${name}`, message: `must be a UUID, not ${shorten(body[name]!)}` }));
  return { ...body, faults: [...body.faults, ...faults] };
}

/** The writer points into the attributes; the client wants to know the place in the body. */
export function pointInto({ isWrapped }: CreateBody, error: unknown): unknown {
  if (!isWrapped || !(error instanceof Problem) || error.code !== 'INVALID_INPUT') return error;
  const { errors = [] } = error.facts;
  return invalidInput(
    errors.map((fault) => {
      const [, first = ''] = fault.pointer.split('/');
      return ownKeys.has(first) ? fault : { ...fault, pointer: `/data${fault.pointer}` };
    }),
  );
}

function checkObject(value: Json | undefined, pointer: string, faults: Fault[]): JsonObject {
  if (isJsonObject(value)) return value;
  const found = Array.isArray(value) ? 'an array' : value === null ? 'null' : typeof value;
  faults.push({ pointer, message: `must be an object, not ${found}` });
  return {};
}
