/**
 * A checked filter without its values: what is left is the question, which is the same for everybody who compares the
 * same attributes in the same way, and is compiled once.
 *
 * Nil stays where it is, also inside a list, because SQL compares it differently; so do the pair of `between` and the
 * text of `filter[/data/x]=v`, whose meaning depends on whether the attribute could have it.
 */
import type { Json } from '../json.ts';
import { type Given, Late } from '../late.ts';
import type { Filter, Operator } from './tree.ts';

export interface Lifted {
  readonly filter: Filter;
  readonly given: Given;
}

/** `prefix` tells the values of this filter apart from those of another one in the same question. */
export function liftValues(filter: Filter, prefix = ''): Lifted {
  const given: Record<string, Json> = {};
  let count = 0;
  const lift = (node: Filter): Filter => {
    switch (node.kind) {
      case 'and':
      case 'or':
        return { kind: node.kind, of: node.of.map(lift) };
      case 'not':
      case 'related':
        return { ...node, of: lift(node.of) };
      case 'compare': {
        const { value, pointer, operator } = node;
        if (value instanceof Late || !isLiftable(value, operator)) return node;
        const name = `${prefix}value ${(count += 1)}`;
        given[name] = value;
        return { kind: 'compare', pointer, operator, value: Late.value(name) };
      }
      default:
        return node;
    }
  };
  return { filter: lift(filter), given };
}

function isLiftable(value: Json, operator: Operator): boolean {
  if (Array.isArray(value)) return operator !== 'between' && !value.includes(null);
  return value !== null;
}
