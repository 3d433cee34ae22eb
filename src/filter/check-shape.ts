/**
 * Everything that can be wrong with a filter before one knows what its attributes are: sizes, characters that cannot
 * be stored, and operands that their operator cannot take. Filters that were never text (GraphQL's typed inputs, the
 * REST query string) pass through here too, so the limits hold for all of them.
 */
import type { Json } from '../json.ts';
import { findNumberFault, findTextFault } from '../json-limits.ts';
import { Late } from '../late.ts';
import { comparisonFault, type Part, shorten } from './comparison-fault.ts';
import { invalidFilter } from './invalid-filter.ts';
import { limits } from './limits.ts';
import { type Pointer, printPointer } from './pointer.ts';
import type { Comparison, Filter, PointerComparison, TextComparison } from './tree.ts';

/** The filter again, in `like` patterns every run of stars made one: `a**b` finds what `a*b` finds. */
export function checkShape(filter: Filter): Filter {
  let comparisons = 0;
  const walk = (node: Filter, depth: number): Filter => {
    if (depth > limits.depth) throw invalidFilter(`A filter may be nested ${limits.depth} deep`);
    switch (node.kind) {
      case 'and':
      case 'or':
        return { kind: node.kind, of: node.of.map((member) => walk(member, depth + 1)) };
      case 'not':
      case 'related':
        return { ...node, of: walk(node.of, depth + 1) };
      default:
        comparisons += 1;
        if (comparisons <= limits.comparisons) return checkLeaf(node);
        throw invalidFilter(`A filter may have ${limits.comparisons} comparisons, this one has more`);
    }
  };
  return walk(filter, 0);
}

function checkLeaf(node: Comparison | PointerComparison | TextComparison): Filter {
  checkNames(node.pointer);
  if (node.kind === 'text') {
    const fault = findTextFault(node.value);
    if (fault !== null) throw invalidFilter(`${shorten(printPointer(node.pointer))}: the value ${fault}`);
    return node;
  }
  if (node.kind === 'compare-pointers') {
    checkNames(node.other);
    return checkOther(node);
  }
  return checkOperand(node);
}

/** Names travel into SQL as parameters, and PostgreSQL refuses there what it cannot store. */
function checkNames(pointer: Pointer): void {
  const fault = pointer.map(findTextFault).find((found) => found !== null);
  if (fault !== undefined) throw invalidFilter(`The pointer ${shorten(printPointer(pointer))} ${fault}`);
}

function checkOther(node: PointerComparison): PointerComparison {
  if (node.operator === 'between') throw comparisonFault(node, 'operand', 'between takes a pair such as 0,42');
  // A stored pattern could have any number of stars.
  if (node.operator === 'like') throw comparisonFault(node, 'operand', 'like takes a pattern such as "Main*"');
  return node;
}

function checkOperand(node: Comparison): Comparison {
  const { operator, value } = node;
  if (value instanceof Late) {
    return { ...node, value: value.convert((come) => checkOperand({ ...node, value: come }).value as Json) };
  }
  if (operator !== 'in' && operator !== 'nin' && operator !== 'between') {
    if (Array.isArray(value)) throw comparisonFault(node, 'operand', `${operator} takes one value; for several use in`);
    checkScalar(node, value, 'operand');
    return operator === 'like' ? checkPattern(node) : node;
  }
  if (!Array.isArray(value)) throw comparisonFault(node, 'operand', `${operator} takes an array`);
  if (operator === 'between' && value.length !== 2) {
    throw comparisonFault(node, 'operand', `between takes a pair such as 0,42, not ${value.length} values`);
  }
  if (value.length > limits.values) {
    throw comparisonFault(node, 'operator', `${operator} takes ${limits.values} values, not ${value.length}`);
  }
  value.forEach((one, index) => checkScalar(node, one, index));
  return node;
}

function checkScalar(node: Comparison, value: unknown, part: Part): void {
  if (typeof value === 'object' && value !== null) {
    throw comparisonFault(node, part, 'expected a text, a number, true, false or nil');
  }
  const fault =
    typeof value === 'string' ? findTextFault(value) : typeof value === 'number' ? findNumberFault(value) : null;
  if (fault !== null) throw comparisonFault(node, part, `the value ${fault}`);
}

function checkPattern(node: Comparison): Comparison {
  if (typeof node.value !== 'string') throw comparisonFault(node, 'operand', 'like takes a pattern such as "Main*"');
  const pattern = node.value.replace(/\*+/g, '*');
  const stars = pattern.split('*').length - 1;
  if (stars <= limits.stars) return { ...node, value: pattern };
  throw comparisonFault(node, 'operand', `like takes ${limits.stars} stars, not ${stars}`);
}
