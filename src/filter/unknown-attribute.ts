/** The sentence for a pointer that names no attribute, with the one that was probably meant. */
import type { FindAttribute } from './attribute-type.ts';
import { shorten } from './comparison-fault.ts';
import { type Pointer, printPointer } from './pointer.ts';

export function describeUnknown(pointer: Pointer, find: FindAttribute): string {
  const name = printPointer(pointer);
  const meant = findMisplaced(pointer, find) ?? findSimilar(name, find.known ?? []);
  return `There is no attribute ${shorten(name)}${meant === null ? '.' : `; did you mean ${meant}?`}`;
}

/** The most common slip: `/campaignId` for `/data/campaignId`, or `/data/created` for `/meta/created`. */
function findMisplaced(pointer: Pointer, find: FindAttribute): string | null {
  const inner = pointer[0] === 'data' || pointer[0] === 'meta' ? pointer.slice(1) : pointer;
  if (inner.length === 0) return null;
  const found = [inner, ['data', ...inner], ['meta', ...inner]].find((candidate) => find(candidate) !== null);
  return found === undefined ? null : printPointer(found);
}

function findSimilar(name: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = 1 + Math.min(3, Math.floor(name.length / 4));
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = countEdits(candidate.toLowerCase(), name.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance, one row of the table at a time. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
