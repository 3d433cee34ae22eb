/**
 * The filter language: text to tree. `not` binds tighter than `and`, `and` tighter than `or`.
 *
 *     expression = all { "or" all }            all     = unary { "and" unary }
 *     unary      = "not" unary | "(" expression ")" | pointer operator operand
 *
 * Keywords and operators may be written in any case. `and`, `or` and `not` are keywords wherever a comparison may
 * begin, so an attribute of such a name needs its slash there (`/not eq 1`); everywhere else the position decides,
 * and a segment may be called anything. Types are not known here: check.ts compares values with attributes.
 */
import type { Json } from '../json.ts';
import { checkShape } from './check-shape.ts';
import { shorten } from './comparison-fault.ts';
import { invalidFilter } from './invalid-filter.ts';
import { limits } from './limits.ts';
import { parseScalar } from './parse-scalar.ts';
import { parsePointer, type Pointer } from './pointer.ts';
import { type Token, tokenize } from './tokens.ts';
import { type Filter, not, type Operator, operators, type Place } from './tree.ts';

/** What people try from other languages, so that the message can name ours. */
const foreignOperators: Readonly<Record<string, Operator>> = {
  '=': 'eq',
  '==': 'eq',
  '!=': 'neq',
  '<>': 'neq',
  ne: 'neq',
  '>': 'gt',
  '>=': 'gte',
  ge: 'gte',
  '<': 'lt',
  '<=': 'lte',
  le: 'lte',
};

export function parseFilter(text: string): Filter {
  if (text.length > limits.text) {
    throw invalidFilter(`A filter may have ${limits.text} characters, this one has ${text.length}`);
  }
  const reader = new Reader(tokenize(text));
  const filter = parseExpression(reader, 1);
  const rest = reader.take();
  if (rest.kind === ')') throw invalidFilter('This parenthesis was never opened', rest.place);
  if (rest.kind !== 'end') throw expected('and, or, or the end of the filter', rest);
  return checkShape(filter);
}

class Reader {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** The token that comes next; at the end it is `end` for ever. */
  peek(): Token {
    const token = this.tokens[this.position] ?? this.tokens.at(-1);
    if (token === undefined) throw new Error('The tokens of a filter end with `end`');
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  takeIf(matches: (token: Token) => boolean): Token | null {
    return matches(this.peek()) ? this.take() : null;
  }
}

function parseExpression(reader: Reader, depth: number): Filter {
  return parseChain('or', reader, () => parseChain('and', reader, () => parseUnary(reader, depth)));
}

function parseChain(kind: 'and' | 'or', reader: Reader, parseMember: () => Filter): Filter {
  const first = parseMember();
  const others: Filter[] = [];
  while (reader.takeIf((token) => isKeyword(token, kind)) !== null) others.push(parseMember());
  return others.length === 0 ? first : { kind, of: [first, ...others] };
}

function parseUnary(reader: Reader, depth: number): Filter {
  const token = reader.take();
  const isNot = isKeyword(token, 'not');
  if (!isNot && token.kind !== '(') return parseComparison(token, reader);
  if (depth > limits.depth) throw invalidFilter(`A filter may be nested ${limits.depth} deep`, token.place);
  if (isNot) return not(parseUnary(reader, depth + 1));
  const filter = parseExpression(reader, depth + 1);
  const end = reader.take();
  if (end.kind === 'end') throw invalidFilter('This parenthesis is never closed', token.place);
  if (end.kind !== ')') throw expected('and, or, or a closing parenthesis', end);
  return filter;
}

function parseComparison(first: Token, reader: Reader): Filter {
  if (first.kind !== 'word' || isKeyword(first, 'and') || isKeyword(first, 'or')) {
    throw expected('a pointer such as /data/campaignId', first);
  }
  const pointer = readPointer(first);
  const operator = parseOperator(reader.take());
  const other = reader.takeIf((token) => token.kind === 'word' && /^#?\//.test(token.text));
  if (other !== null) {
    return { kind: 'compare-pointers', pointer, operator, other: readPointer(other), at: span(first, other) };
  }
  const { value, last } = parseOperand(operator, reader);
  return { kind: 'compare', pointer, operator, value, at: span(first, last) };
}

function readPointer(token: Token): Pointer {
  const pointer = parsePointer(token.text);
  if (pointer !== null) return pointer;
  const rule = token.text.startsWith('#') ? '% is followed by two hexadecimal digits, ~' : '~';
  throw invalidFilter(`Expected a JSON Pointer, in which ${rule} is followed by 0 or 1`, token.place);
}

function parseOperator(token: Token): Operator {
  const text = token.text.toLowerCase();
  const operator = operators.find((known) => known === text);
  if (token.kind === 'word' && operator !== undefined) return operator;
  const meant = Object.hasOwn(foreignOperators, text) ? foreignOperators[text] : undefined;
  const hint = meant === undefined ? '' : ` (here ${token.text} is written ${meant})`;
  throw expected(`an operator${hint}: ${operators.join(' ')}`, token);
}

interface Operand {
  readonly value: Json;
  readonly last: Token;
}

function parseOperand(operator: Operator, reader: Reader): Operand {
  const isList = reader.peek().kind === '[';
  if (operator === 'between' && !isList) return parsePair(reader);
  if (isList) return parseArray(reader);
  if (operator === 'in' || operator === 'nin') {
    throw expected(`an array such as [42,"bar"] or a pointer after ${operator}`, reader.peek());
  }
  const token = reader.take();
  return { value: parseScalar(token), last: token };
}

function parsePair(reader: Reader): Operand {
  const low = parseScalar(reader.take());
  const comma = reader.take();
  if (comma.kind !== ',') throw expected('a comma and the upper end of the pair, such as 0,42', comma);
  const last = reader.take();
  return { value: [low, parseScalar(last)], last };
}

function parseArray(reader: Reader): Operand {
  const open = reader.take();
  const empty = reader.takeIf((token) => token.kind === ']');
  if (empty !== null) return { value: [], last: empty };
  const value: Json[] = [];
  for (;;) {
    value.push(parseScalar(reader.take()));
    const next = reader.take();
    if (next.kind === ']') return { value, last: next };
    if (next.kind === 'end') throw invalidFilter('This array is never closed', open.place);
    if (next.kind !== ',') throw expected('a comma or ]', next);
  }
}

function isKeyword(token: Token, keyword: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === keyword;
}

function expected(what: string, token: Token): Error {
  const came = token.kind === 'end' ? 'but the filter ends here' : `but found ${shorten(token.text)}`;
  return invalidFilter(`Expected ${what}, ${came}`, token.place);
}

function span(first: Token, last: Token): Place {
  return { ...first.place, length: last.place.offset + last.place.length - first.place.offset };
}
