/** The arguments of a mutation, or one item of a batch, as a Change. */
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { checkJson } from '../json-limits.ts';
import type { Resource } from '../model.ts';
import { checkPatch } from '../patch/check-patch.ts';
import { parseEtags } from '../patch/etag.ts';
import type { Operation } from '../patch/operation.ts';
import { type Fault, invalidInput, Problem } from '../problem.ts';
import { type AskedAction, findAction } from '../write/actions.ts';
import type { Change, Etags } from '../write/change.ts';
import type { Verb } from './meaning.ts';
import { toWire } from './selection/wire-value.ts';

export interface ChangeItem {
  readonly id?: string | null;
  readonly securityGroupId?: string | null;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly params?: unknown;
  readonly etag?: string;
  readonly patch?: readonly Readonly<Record<string, unknown>>[];
}

export function makeChange(verb: Verb, resource: Resource, item: ChangeItem): Change {
  if (verb === 'create') {
    const { id = null, securityGroupId = null, input = {}, params } = item;
    const [data, wrongData] = readObject(input, '/input');
    const [extras, wrongParams] = readObject(params ?? {}, '/params');
    const faults = [...wrongData, ...wrongParams];
    return { kind: 'create', id, securityGroupId, data: wrapEmbedded(resource, data), params: extras, faults };
  }
  const { id, etag = '', patch = [] } = item;
  if (id === undefined || id === null) throw new Error(`${verb} needs an id`);
  const etags = readEtag(etag);
  if (verb !== 'patch') return { kind: verb, id, etags };
  const action = (): AskedAction | null => {
    const [extras, faults] = readObject(item.params ?? {}, '/params');
    if (faults.length > 0) throw invalidInput(faults);
    return findAction(resource, extras);
  };
  const operations = (): readonly Operation[] =>
    patch.length === 0 && action() !== null ? [] : checkPatch(patch.map(toWire));
  return { kind: 'patch', id, etags, operations, action };
}

/** A body is checked as it arrives, but JSON may also stand in the operation itself. */
function readObject(value: unknown, place: string): readonly [JsonObject, readonly Fault[]] {
  const json: Json = toWire(value);
  const faults = checkJson(json);
  if (faults.length > 0) return [{}, faults.map((fault) => ({ ...fault, pointer: place + fault.pointer }))];
  return isJsonObject(json) ? [json, []] : [{}, [{ pointer: place, message: 'must be an object' }]];
}

/** `address: { … }` beside `addressId` is the envelope of a new row, as in REST. */
function wrapEmbedded({ declaration }: Resource, data: JsonObject): JsonObject {
  const names = (declaration.embeds ?? []).map((attribute) => attribute.replace(/Id$/, ''));
  if (names.length === 0) return data;
  const members = Object.entries(data).flatMap(([name, value]): readonly (readonly [string, Json])[] => {
    if (!names.includes(name)) return [[name, value]];
    return value === null ? [] : [[name, { data: value }]];
  });
  return Object.fromEntries(members);
}

/** An empty text is an etag that did not come, and one that cannot be an etag is one that no version has. */
export function readEtag(text: string): Etags {
  if (text.trim() === '') return null;
  try {
    return parseEtags(text);
  } catch (error) {
    if (error instanceof Problem) return [text];
    throw error;
  }
}
