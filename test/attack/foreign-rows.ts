/**
 * Rows that alice may not see, one of each resource: of chelsea, who is in another group of the same customer, and of
 * dora, who belongs to another customer.
 */
import { v7 as makeId } from 'uuid';
import type { Field } from '../../src/fields/field.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Resource } from '../../src/model.ts';
import { wholeEnvelope } from '../../src/read/envelope.ts';
import { systemOf, type World } from '../world.ts';

export type ForeignRows = ReadonlyMap<string, string>;

/** Attributes whose content decides whether two rows are one thing. */
const distinguishing: Readonly<Record<string, () => JsonObject>> = {
  user: () => ({ email: `${makeId()}@doorstep.example` }),
  contact: () => ({ externalId: makeId() }),
  address: () => ({ streetName: `Street ${makeId()}` }),
};

export async function makeForeignRows(world: World, person: 'chelsea' | 'dora'): Promise<ForeignRows> {
  const { customer, otherCustomer, elsewhereGroup, otherGroup } = world.ids;
  const isOther = person === 'dora';
  const system = isOther ? systemOf(otherCustomer, otherGroup) : systemOf(customer, elsewhereGroup);
  const made = new Map<string, string>();
  const known = isOther
    ? { organization: world.ids.otherOrganization }
    : { organization: world.ids.elsewhere, role: world.ids.role };
  for (const [name, id] of Object.entries(known)) made.set(name, id);
  const waiting = new Set(world.model.resources.filter(({ declaration }) => declaration.scope !== 'own'));
  while (waiting.size > 0) {
    const ready = [...waiting].find((resource) => needs(resource).every((to) => made.has(to)));
    if (ready === undefined) throw new Error(`Nothing to refer to: ${[...waiting].map(({ name }) => name).join(', ')}`);
    waiting.delete(ready);
    made.set(ready.name, await makeRow(world, system, ready, made));
  }
  return made;
}

/** What a row of the resource has to refer to. */
function needs({ declaration }: Resource): readonly string[] {
  return declaration.required.flatMap((name) => referencesIn(declaration.fields[name]!));
}

function referencesIn(field: Field): readonly string[] {
  if (field.storage === 'column') return field.reference === undefined ? [] : [field.reference.to];
  if (field.storage === 'rows') return [];
  return field.required.flatMap((member) => field.members[member]!.reference?.to ?? []);
}

async function makeRow(
  { writer }: World,
  system: Viewer,
  resource: Resource,
  made: ReadonlyMap<string, string>,
): Promise<string> {
  const { declaration, name } = resource;
  const references = declaration.required.flatMap((attribute): readonly (readonly [string, Json])[] => {
    const field = declaration.fields[attribute]!;
    if (field.storage === 'column' && field.reference !== undefined)
      return [[attribute, made.get(field.reference.to)!]];
    if (field.storage !== 'group') return [];
    const inner = field.required.map((member) => [member, made.get(field.members[member]!.reference!.to)!] as const);
    return [[attribute, Object.fromEntries(inner)]];
  });
  const data = { ...declaration.example, ...Object.fromEntries(references), ...distinguishing[name]?.() };
  const change = { kind: 'create', id: null, securityGroupId: system.organizationGroupId, data, params: {} } as const;
  const options = { onError: 'abort', members: wholeEnvelope(resource), spelling: 'rest', requestId: null } as const;
  const [verdict] = await writer.write(system, resource, [change], options);
  if ('problem' in verdict!) throw verdict.problem;
  return verdict!.id;
}
