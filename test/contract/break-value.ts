/** A JSON value with one place changed, blindly: whether it is wrong then, its schema says. */
import fc from 'fast-check';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../../src/json.ts';

type Path = readonly (string | number)[];

export function breakValue(value: Json, g: fc.GeneratorValue): Json {
  const places = [...placesOf(value, [])];
  const path = places[g(fc.nat, places.length - 1)]!;
  return changeAt(value, path, (found) => change(found, g));
}

function* placesOf(value: Json, path: Path): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function changeAt(value: Json, [key, ...rest]: Path, to: (found: Json) => Json): Json {
  if (key === undefined) return to(value);
  if (Array.isArray(value)) return value.map((item: Json, index) => (index === key ? changeAt(item, rest, to) : item));
  return { ...(value as JsonObject), [key]: changeAt((value as JsonObject)[key]!, rest, to) };
}

const long = 'x'.repeat(9_000);
const strangers: readonly Json[] = [null, true, 7, -1, 1.5, '', 'nonsense', long, [], {}, [[]], { nickname: 'Bo' }];

function change(found: Json, g: fc.GeneratorValue): Json {
  const stranger = choose(strangers, g);
  if (isJsonArray(found)) {
    const [first, ...rest] = found;
    return choose([stranger, [...found, stranger], rest, first === undefined ? [] : [first, first]], g);
  }
  if (!isJsonObject(found)) return stranger;
  const entries = Object.entries(found);
  const missing = g(fc.nat, Math.max(0, entries.length - 1));
  const without = Object.fromEntries(entries.filter((_, index) => index !== missing));
  // A null that nobody knows is passed over like every null of a create.
  return choose([stranger, { ...found, nickname: stranger ?? 'Bo' }, without], g);
}

function choose<T>(list: readonly T[], g: fc.GeneratorValue): T {
  return list[g(fc.nat, list.length - 1)]!;
}
