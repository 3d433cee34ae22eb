/** Bodies that collide with nothing: what a resource may not have twice is new in each. */
import { v7 as makeId } from 'uuid';
import type { Json, JsonObject } from '../../src/json.ts';
import type { World } from '../world.ts';

/** Attributes whose content decides whether two rows are one thing. */
const distinguishing: Readonly<Record<string, () => JsonObject>> = {
  user: () => ({ email: `${makeId()}@doorstep.example` }),
  contact: () => ({ externalId: makeId(), primaryHouseholdId: null }),
  integration: () => ({ clientId: makeId() }),
  address: () => ({ streetName: `Street ${makeId()}` }),
};

/** A complete body in the spelling of the wire. Links get ends of their own. */
export async function freshBody(world: World, resource: string): Promise<JsonObject> {
  const { declaration } = world.model.get(resource);
  const own: Record<string, Json> = { ...world.body(resource), ...distinguishing[resource]?.() };
  const keys = new Set((declaration.unique ?? []).flatMap(({ of }) => of));
  for (const [name, field] of Object.entries(declaration.fields)) {
    if (!keys.has(name) || field.storage !== 'column' || field.reference === undefined) continue;
    own[name] = (await freshRow(world, field.reference.to)).id;
  }
  return own;
}

export async function freshRow(
  world: World,
  resource: string,
): Promise<{ readonly id: string; readonly etag: string }> {
  // What nobody may write is written by the system.
  const isKept = world.model.get(resource).declaration.readOnly === true;
  return world.create(isKept ? null : 'alice', resource, await freshBody(world, resource));
}
