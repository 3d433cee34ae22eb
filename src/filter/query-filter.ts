/**
 * The filter of a REST query string, in either notation or both together:
 *
 *     filter[/data/campaignId]=<value>    filter=/data/unavailable eq false and ...
 *
 * Several are ANDed. An empty `filter=` is an empty box in somebody's form and asks for nothing.
 */
import { shorten } from './comparison-fault.ts';
import { invalidFilter } from './invalid-filter.ts';
import { parseFilter } from './parse.ts';
import { parsePointer } from './pointer.ts';
import { and, type Filter } from './tree.ts';

/** `parameters` are all of the query string's names and values, decoded; others than `filter` are passed over. */
export function parseQueryFilter(parameters: Iterable<readonly [name: string, value: string]>): Filter {
  const filters: Filter[] = [];
  for (const [name, value] of parameters) {
    if (name === 'filter' && value.trim() !== '') filters.push(parseFilter(value));
    if (name.startsWith('filter[')) filters.push(parseBrackets(name, value));
  }
  return and(...filters);
}

function parseBrackets(name: string, value: string): Filter {
  const inner = name.slice('filter['.length, -1);
  const pointer = name.endsWith(']') && !inner.includes('][') ? parsePointer(inner) : null;
  if (pointer !== null) return { kind: 'text', pointer, value };
  const forms = 'filter[/data/campaignId]=value, or operators in an expression: filter=/data/age gte 65';
  throw invalidFilter(`Expected ${forms}; found the parameter ${shorten(name)}`);
}
