/**
 * The order of a list, in all the notations that REST clients use:
 *
 *     sort=/data/timestamp&sort=DESC    sort=/data/timestamp,DESC    sort=["data/name","ASC"]    sort=[["/id","ASC"]]
 *
 * Several pairs follow each other in any of them; without an order it is ASC. The id as the last tie-break is not
 * added here but by whoever compiles, because pages and cursors need it also where nobody asked for an order.
 */
import { findTextFault } from '../json-limits.ts';
import { Problem } from '../problem.ts';
import type { FindAttribute } from './attribute-type.ts';
import { shorten } from './comparison-fault.ts';
import { limits } from './limits.ts';
import { parsePointer, type Pointer, printPointer } from './pointer.ts';
import { describeUnknown } from './unknown-attribute.ts';

export interface SortKey {
  readonly pointer: Pointer;
  readonly order: 'ASC' | 'DESC';
}

/** `values` are those of all `sort` parameters, in their order. Empty ones ask for nothing. */
export function parseSort(values: readonly string[]): readonly SortKey[] {
  const keys: SortKey[] = [];
  let isOpen = false;
  for (const word of values.flatMap(readWords)) {
    const order = word.toUpperCase();
    const last = keys.at(-1);
    if (order !== 'ASC' && order !== 'DESC') {
      keys.push({ pointer: readPointer(word), order: 'ASC' });
      isOpen = true;
    } else if (isOpen && last !== undefined) {
      keys[keys.length - 1] = { ...last, order };
      isOpen = false;
    } else throw invalidSort(`an attribute before each ASC or DESC, such as /data/timestamp`, word);
  }
  return keys;
}

/** The keys with their attributes known to exist and to have an order; a second key for one attribute is dropped. */
export function checkSort(keys: readonly SortKey[], find: FindAttribute): readonly SortKey[] {
  const checked = new Map<string, SortKey>();
  for (const { pointer: given, order } of keys) {
    const pointer = given[0] === 'data' && given[1] === 'id' && given.length === 2 ? ['id'] : given;
    const name = printPointer(pointer);
    const attribute = find(pointer);
    if (attribute === null) {
      const hint = pointer.length === 1 ? ' An order is ASC or DESC.' : '';
      throw new Problem('INVALID_SORT', `${describeUnknown(pointer, find)}${hint}`);
    }
    if (attribute.type === 'group') throw invalidSort('an attribute that holds one value', name);
    if (!checked.has(name)) checked.set(name, { pointer, order });
  }
  if (checked.size <= limits.sortKeys) return [...checked.values()];
  throw new Problem('INVALID_SORT', `A sort may name ${limits.sortKeys} attributes, this one names ${checked.size}.`);
}

function readWords(value: string): readonly string[] {
  const text = value.trim();
  if (!text.startsWith('[')) return text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
  const words = parseArray(text)?.flat() ?? [];
  if (words.length > 0 && words.every((word) => typeof word === 'string')) return words;
  throw invalidSort('a JSON array such as ["/data/name","ASC"]', text);
}

function parseArray(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function readPointer(word: string): Pointer {
  const pointer = parsePointer(word);
  if (pointer !== null && findTextFault(word) === null) return pointer;
  throw invalidSort('a JSON Pointer such as /data/timestamp', word);
}

function invalidSort(expected: string, found: string): Problem {
  return new Problem('INVALID_SORT', `Expected ${expected}; found ${shorten(found) || 'nothing'}.`);
}
