/**
 * The Problem for a comparison that parsed but makes no sense. Where the comparison was written as text the fault is
 * pointed at; the tokens are read again for that, so that trees need not carry a place for each of their values.
 */
import type { Problem } from '../problem.ts';
import { invalidFilter } from './invalid-filter.ts';
import { printPointer } from './pointer.ts';
import { tokenize } from './tokens.ts';
import type { Comparison, Place, PointerComparison } from './tree.ts';

/** A number is the index of one of several values. */
export type Part = 'pointer' | 'operator' | 'operand' | number;

/** `message` says what was expected and what came; the attribute's name is put in front of it. */
export function comparisonFault(comparison: Comparison | PointerComparison, part: Part, message: string): Problem {
  const { at, pointer } = comparison;
  return invalidFilter(`${shorten(printPointer(pointer))}: ${message}`, at && placeOf(at, part));
}

export function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= 64 ? text : `${characters.slice(0, 63).join('')}…`;
}

/** Where a part of a comparison stands in the text that `at` is a place in. */
export function placeOf(at: Place, part: Part): Place {
  const tokens = tokenize(at.text.slice(at.offset, at.offset + at.length));
  const first = tokens[2]?.kind === '[' ? 3 : 2;
  const index = part === 'pointer' ? 0 : part === 'operator' ? 1 : part === 'operand' ? 2 : first + 2 * part;
  const place = tokens[index]?.place ?? { offset: 0, length: at.length };
  const length = part === 'operand' ? at.length - place.offset : place.length;
  return { text: at.text, offset: at.offset + place.offset, length };
}
