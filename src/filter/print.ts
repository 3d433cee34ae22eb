/**
 * A filter as canonical text: two filters that parse to the same tree print the same, and parsing the text gives the
 * tree again. Some nodes have no text form (a REST text comparison, a relation, an empty group, a value that comes late);
 * they are printed readably, as a part of a key, and no parser takes them back.
 */
import type { Json } from '../json.ts';
import { Late } from '../late.ts';
import { type Pointer, printFragment, printPointer } from './pointer.ts';
import type { Comparison, Filter } from './tree.ts';

export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return printGroup(filter.kind, filter.of);
    case 'not':
      return `not ${printMember(filter.of, 'not')}`;
    case 'compare':
      return `${printOperand(filter.pointer)} ${filter.operator} ${printComparand(filter)}`;
    case 'compare-pointers':
      return `${printOperand(filter.pointer)} ${filter.operator} ${printOperand(filter.other)}`;
    case 'text':
      return `${printOperand(filter.pointer)} text ${JSON.stringify(filter.value)}`;
    case 'related':
      return `${filter.quantifier} ${filter.relation} (${printFilter(filter.of)})`;
  }
}

function printGroup(kind: 'and' | 'or', members: readonly Filter[]): string {
  if (members.length === 0) return kind === 'and' ? 'everything' : 'nothing';
  if (members.length === 1 && members[0] !== undefined) return printFilter(members[0]);
  return members.map((member) => printMember(member, kind)).join(` ${kind} `);
}

/** Parentheses only where the parser would otherwise read another tree. */
function printMember(filter: Filter, parent: 'and' | 'or' | 'not'): string {
  const isGroup = (filter.kind === 'and' || filter.kind === 'or') && filter.of.length > 0;
  const isLoose = isGroup && !(filter.kind === 'and' && parent === 'or');
  return isLoose ? `(${printFilter(filter)})` : printFilter(filter);
}

/** Names with characters that end a word are written in the URI fragment form. */
function printOperand(pointer: Pointer): string {
  const plain = printPointer(pointer);
  return /[\s()[\],"]/.test(plain) ? printFragment(pointer) : plain;
}

/** A value that comes late prints the same whatever it will be. */
function printComparand({ value, operator }: Comparison): string {
  return value instanceof Late ? '?' : printValue(value, operator === 'between');
}

/** A value as the filter language writes it; a pair stands without brackets. */
export function printValue(value: Json, isPair = false): string {
  if (value === null) return 'nil';
  if (!Array.isArray(value)) return JSON.stringify(value);
  const list = value.map((one: Json) => printValue(one)).join(',');
  return isPair ? list : `[${list}]`;
}
