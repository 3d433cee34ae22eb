/**
 * The filter that finds a row by the parameters of its address: the references that lead to each of them, as relations
 * in a tree. The ids come late, under the parameters' names, so that an address is one question for all of them.
 */
import { and, compare, everything, type Filter } from '../filter/tree.ts';
import { Late } from '../late.ts';
import type { Attribute } from '../model.ts';
import type { PathParameter } from './path-parameters.ts';

type Lead = Pick<PathParameter, 'name' | 'lead'>;

export function makeLeadFilter(parameters: readonly Lead[]): Filter {
  const ways = new Map<Attribute, Lead[]>();
  const own: Filter[] = [];
  for (const { name, lead } of parameters) {
    const [first, ...rest] = lead;
    if (first === undefined) own.push(compare(['id'], 'eq', Late.value(name)));
    else if (rest.length === 0) own.push(compare(first.path, 'eq', Late.value(name)));
    else ways.set(first, [...(ways.get(first) ?? []), { name, lead: rest }]);
  }
  return and(...own, ...[...ways].map(([first, leads]) => related(first, makeLeadFilter(leads))));
}

/** The same, and what the address names is there for the caller: who may not see a list does not see who is on it. */
export function makeVisibleLeadFilter(parameters: readonly Lead[]): Filter {
  return and(makeLeadFilter(parameters), ...parameters.map(({ lead }) => related(lead[0]!, everything)));
}

function related(attribute: Attribute, of: Filter): Filter {
  return { kind: 'related', relation: attribute.path.at(-1)!.replace(/Id$/, ''), quantifier: 'some', of };
}
