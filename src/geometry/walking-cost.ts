/**
 * How far it is from door to door for somebody on foot, without a map of the streets: the same side of a street is the
 * straight line, the other side costs the crossing, and another street is not reached through the gardens.
 */
import { foldText } from '../fold-text.ts';
import type { Spot } from './projection.ts';

export interface Door extends Spot {
  readonly number: string | null;
  readonly street: string;
}

/** Metres that looking left and right is worth: less than the next two doors on this side, more than the next one. */
const crossing = 25;
/** Round the corner, and not as the crow flies. */
const corner = 30;
const detour = 1.4;

/** Metres from each door to each, row by row; symmetric. */
export function walkingCosts(doors: readonly Door[]): Float64Array {
  const size = doors.length;
  const costs = new Float64Array(size * size);
  const streets = doors.map(({ street }) => foldText(street));
  const sides = doors.map(({ number }) => sideOf(number));
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const straight = Math.hypot(doors[i]!.x - doors[j]!.x, doors[i]!.y - doors[j]!.y);
      const isAcross = sides[i] !== null && sides[j] !== null && sides[i] !== sides[j];
      const cost =
        streets[i] === streets[j]
          ? straight + (isAcross ? crossing : 0)
          : straight === 0
            ? 0
            : straight * detour + corner;
      costs[i * size + j] = cost;
      costs[j * size + i] = cost;
    }
  }
  return costs;
}

/** Even numbers face odd ones; `12 1/2`, `12-A` and `12B` stand beside 12. Null where there is no number. */
function sideOf(number: string | null): 'even' | 'odd' | null {
  const digits = /\d+/.exec(number ?? '')?.[0];
  if (digits === undefined) return null;
  return Number(digits.at(-1)) % 2 === 0 ? 'even' : 'odd';
}
