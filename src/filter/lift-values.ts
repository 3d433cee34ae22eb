/**
 * A checked filter without its values: what is left is the question, which is the same for everybody who compares the
 * same attributes in the same way, and is compiled once.
 *
 * Nil and lists stay where they are, because SQL compares them differently; so does the text of `filter[/data/x]=v`,
 * whose meaning depends on whether the attribute could have it.
 */
import type { Json } from '../json.ts';
import { type Given, Late } from '../late.ts';
import type { Filter } from './tree.ts';

export interface Lifted {
  readonly filter: Filter;
  readonly given: Given;
}

export function liftValues(filter: Filter): Lifted {
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
        if (value === null || value instanceof Late || typeof value === 'object') return node;
        const name = `value ${(count += 1)}`;
        given[name] = value;
        return { kind: 'compare', pointer, operator, value: Late.value(name) };
      }
      default:
        return node;
    }
  };
  return { filter: lift(filter), given };
}
