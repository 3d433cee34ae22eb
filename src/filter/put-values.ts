/** The other way of lift-values.ts: a filter with the values that came late put in, for whoever reads it afterwards. */
import { type Given, Late } from '../late.ts';
import type { Filter } from './tree.ts';

export function putValues(filter: Filter, given: Given): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, of: filter.of.map((member) => putValues(member, given)) };
    case 'not':
    case 'related':
      return { ...filter, of: putValues(filter.of, given) };
    case 'compare':
      return filter.value instanceof Late ? { ...filter, value: filter.value.of(given) } : filter;
    default:
      return filter;
  }
}
