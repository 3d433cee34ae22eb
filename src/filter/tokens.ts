/**
 * The words of a filter expression. A word is whatever stands between spaces, brackets, commas and quotes; whether
 * `in` or `42` is an operator, a number or part of a pointer depends on where it stands, so the parser decides that.
 * Every pattern is sticky and without choices to go back to: the time grows with the text's length only.
 */
import { invalidFilter } from './invalid-filter.ts';
import type { Place } from './tree.ts';

export interface Token {
  readonly kind: '(' | ')' | '[' | ']' | ',' | 'word' | 'string' | 'end';
  /** The text as written. */
  readonly text: string;
  /** What a string says, its escapes resolved; for all others the text again. */
  readonly value: string;
  readonly place: Place;
}

const space = /\s+/y;
const word = /[^\s()[\],"]+/y;
const string = /"(?:[^"\\]|\\[^])*"/y;

/** The tokens of a text; the last is always `end`, of length 0. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  const add = (kind: Token['kind'], length: number, value?: string): void => {
    const written = text.slice(offset, offset + length);
    tokens.push({ kind, text: written, value: value ?? written, place: { text, offset, length } });
    offset += length;
  };
  while ((offset += match(space, text, offset)) < text.length) {
    const length = match(word, text, offset);
    const mark = text.charAt(offset);
    if (length > 0) add('word', length);
    else if (mark === '(' || mark === ')' || mark === '[' || mark === ']' || mark === ',') add(mark, 1);
    else {
      const end = match(string, text, offset);
      add('string', end, readString({ text, offset, length: end }));
    }
  }
  add('end', 0);
  return tokens;
}

function match(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0].length ?? 0;
}

function readString(place: Place): string {
  if (place.length === 0) {
    throw invalidFilter('The string that begins here has no closing double quote', {
      ...place,
      length: place.text.length - place.offset,
    });
  }
  try {
    return String(JSON.parse(place.text.slice(place.offset, place.offset + place.length)));
  } catch {
    throw invalidFilter('Expected a string with JSON escapes only (such as \\" \\\\ \\n \\u00e9)', place);
  }
}
