/** One value of the filter language: a string in double quotes, a JSON number, true, false or nil (null, if you like). */
import type { Json } from '../json.ts';
import { invalidFilter } from './invalid-filter.ts';
import type { Token } from './tokens.ts';

/** RFC 8259 §6. */
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

const names = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['nil', null],
  ['null', null],
]);

export function parseScalar(token: Token): Json {
  if (token.kind === 'string') return token.value;
  const named = names.get(token.text.toLowerCase());
  if (named !== undefined) return named;
  // Adding zero makes -0 the 0 that every other JSON reader sees.
  if (number.test(token.text)) return Number(token.text) + 0;
  if (token.kind === 'end') throw invalidFilter('Expected a value, but the filter ends here', token.place);
  throw invalidFilter(`Expected a value${hint(token)}`, token.place);
}

function hint({ kind, text }: Token): string {
  if (kind === '[') return ', and arrays do not stand inside arrays';
  if (kind !== 'word') return '';
  if (/^[-+.]?[0-9]/.test(text)) return ': text stands in double quotes, numbers are written as in JSON';
  return ': text stands in double quotes, and a pointer on this side begins with a slash';
}
