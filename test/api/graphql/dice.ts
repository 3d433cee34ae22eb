/** Random choices that fast-check records, so that it can repeat and shrink what they led to. */
import fc from 'fast-check';

export interface Dice {
  /** A whole number from 0 up to and without `count`. */
  below(count: number): number;
  /** True so many times in a hundred. */
  chance(percent: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** From `least` to `most` of what `make` makes. */
  several<T>(least: number, most: number, make: () => T): readonly T[];
}

/** fast-check favours the ends of a range, which would make of a rare thing a common one. */
const evenly = (count: number): fc.Arbitrary<number> => fc.noBias(fc.integer({ min: 0, max: count - 1 }));

export function makeDice(generate: fc.GeneratorValue): Dice {
  const below = (count: number): number => (count < 2 ? 0 : generate(evenly, count));
  return {
    below,
    // The other way round than one would write it: fast-check shrinks towards 0, and to shrink is to leave out.
    chance: (percent) => below(100) >= 100 - percent,
    pick: (list) => list[below(list.length)]!,
    several: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make),
  };
}
