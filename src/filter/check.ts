/**
 * Compares a filter with the attributes there are. What comes out can be compiled: every pointer names an attribute,
 * every value has the type of its column, timestamps are in UTC and UUIDs in lower case.
 *
 * Relations are left alone, because their inside belongs to another resource: who makes such a node checks it with
 * that resource's `find`. And `filter[/data/x]=v` is never of the wrong type, since it compares texts.
 */
import type { Json } from '../json.ts';
import { convert } from '../late.ts';
import type { AttributeType, FindAttribute } from './attribute-type.ts';
import { checkShape } from './check-shape.ts';
import { comparisonFault, type Part, placeOf, shorten } from './comparison-fault.ts';
import { invalidFilter } from './invalid-filter.ts';
import { type Pointer, printPointer } from './pointer.ts';
import { Problem } from '../problem.ts';
import { printValue } from './print.ts';
import type { Comparison, Filter, PointerComparison } from './tree.ts';
import { describeUnknown } from './unknown-attribute.ts';
import { valueRules } from './value-rules.ts';

export function checkFilter(filter: Filter, find: FindAttribute): Filter {
  return checkNode(checkShape(filter), find);
}

function checkNode(filter: Filter, find: FindAttribute): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, of: filter.of.map((member) => checkNode(member, find)) };
    case 'not':
      return { kind: 'not', of: checkNode(filter.of, find) };
    case 'compare':
      return checkComparison(filter, find);
    case 'compare-pointers':
      return checkPointers(filter, find);
    case 'text':
      if (find(filter.pointer) === null) throw invalidFilter(describeUnknown(filter.pointer, find));
      return filter;
    case 'related':
      return filter;
  }
}

function checkComparison(node: Comparison, find: FindAttribute): Comparison {
  const attribute = getAttribute(node, node.pointer, 'pointer', find);
  checkOperator(node, attribute);
  return { ...node, value: convert(node.value, (value) => checkOperand(node, value, attribute)) };
}

function checkOperand(node: Comparison, value: Json, attribute: AttributeType): Json {
  const { operator } = node;
  if (!Array.isArray(value)) return checkValue(node, value, attribute, 'operand');
  const values = value.flatMap((one: Json, index) => {
    // A list may be mixed (`[42,"bar"]`): what the attribute cannot be is simply not equal to it.
    if (operator !== 'between' && !canHold(node, one, attribute, index)) return [];
    return [checkValue(node, one, attribute, index)];
  });
  if (operator === 'between' && typeof values[0] !== typeof values[1]) {
    throw comparisonFault(node, 1, `the two ends of between have one type, not ${printValue(values, true)}`);
  }
  return values;
}

function canHold(node: Comparison, value: Json, attribute: AttributeType, index: number): boolean {
  try {
    checkValue(node, value, attribute, index);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

function checkPointers(node: PointerComparison, find: FindAttribute): Filter {
  const attribute = getAttribute(node, node.pointer, 'pointer', find);
  const other = getAttribute(node, node.other, 'operand', find);
  checkOperator(node, attribute);
  const name = shorten(printPointer(node.other));
  if (node.operator === 'in' || node.operator === 'nin') {
    if (other.type === 'document') return node;
    throw comparisonFault(
      node,
      'operand',
      `${node.operator} looks into an array, and ${name} is of type ${other.type}`,
    );
  }
  const [one, two] = [comparedAs(attribute), comparedAs(other)];
  const isPossible = one === two || one === 'document' || two === 'document';
  if (isPossible && one !== 'group' && two !== 'group') return node;
  throw comparisonFault(
    node,
    'operand',
    `type ${attribute.type} cannot be compared with ${name} of type ${other.type}`,
  );
}

function comparedAs({ type }: AttributeType): AttributeType['type'] {
  return type === 'choice' ? 'text' : type === 'integer' ? 'decimal' : type;
}

function getAttribute(
  node: Comparison | PointerComparison,
  pointer: Pointer,
  part: Part,
  find: FindAttribute,
): AttributeType {
  const attribute = find(pointer);
  if (attribute === null) throw invalidFilter(describeUnknown(pointer, find), node.at && placeOf(node.at, part));
  return attribute;
}

function checkOperator(node: Comparison | PointerComparison, attribute: AttributeType): void {
  const { operators } = valueRules[attribute.type];
  if (operators.includes(node.operator)) return;
  const message = `type ${attribute.type} takes ${operators.join(' ')}, not ${node.operator}`;
  throw comparisonFault(node, 'operator', message);
}

function checkValue(node: Comparison, value: Json, attribute: AttributeType, part: Part): Json {
  const rule = valueRules[attribute.type];
  const isOrdered = !['eq', 'neq', 'in', 'nin', 'like'].includes(node.operator);
  if (isOrdered && (value === null || typeof value === 'boolean')) {
    throw comparisonFault(node, part, `${node.operator} needs something with an order, not ${printValue(value)}`);
  }
  if (value === null || node.operator === 'like') return value;
  const accepted = rule.accept(value, attribute);
  if (accepted !== null) return accepted;
  const choices = attribute.choices === undefined ? rule.expected : `one of ${attribute.choices.join(', ')}`;
  throw comparisonFault(node, part, `expected ${choices}, but found ${shorten(printValue(value))}`);
}
