/**
 * The parameters of a declared address, `/v2/contacts/{contactId}/households/{householdId}`, and how the row that is
 * meant refers to them: by a reference of its own, or by one of a row that it refers to.
 *
 * A newcomer's mistake would be to spell such a way out for a resource; an address that leads nowhere stops the start.
 */
import type { Attribute, Model, Resource } from '../model.ts';

export interface PathParameter {
  /** As it stands in the address. */
  readonly name: string;
  /** Whose id it is. */
  readonly of: Resource;
  /** The references from the row that the address is about, one after the other; empty for the row's own id. */
  readonly lead: readonly Attribute[];
}

export interface ParsedAddress {
  /** In the notation of the router. */
  readonly url: string;
  readonly parameters: readonly PathParameter[];
}

export function parseAddress(address: string, resource: Resource, model: Model): ParsedAddress {
  const names = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const parameters = names.map((name): PathParameter => {
    const lead = findLead(name, resource, model);
    if (lead === null) throw new Error(`${resource.name}: nothing leads to ${name} of ${address}`);
    return { name, of: model.get(lead.at(-1)!.field.reference!.to), lead };
  });
  return { url: address.replace(/\{(\w+)\}/g, ':$1'), parameters };
}

function findLead(name: string, resource: Resource, model: Model): readonly Attribute[] | null {
  const ends = linkEnds(resource);
  const own = ends.find(({ path }) => path[1] === name);
  if (own !== undefined) return [own];
  for (const end of ends) {
    const further = findLead(name, model.get(end.field.reference!.to), model);
    if (further !== null) return [end, ...further];
  }
  return null;
}

/** The references of a row that only links. */
function linkEnds({ declaration, attributes }: Resource): readonly Attribute[] {
  return (declaration.link ?? []).map((end) => attributes.find(({ path }) => path[1] === end)!);
}
