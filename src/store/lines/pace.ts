/**
 * How long each shape of statement takes PostgreSQL of late. What is short may share a connection with others; whoever
 * is sent behind a long one would wait for it.
 */
import { LRUCache } from 'lru-cache';

export interface Pace {
  /** False for a shape that has not been timed yet. */
  isShort(text: string): boolean;
  /** `ms`: how long it would have taken alone, as far as one can tell. */
  record(text: string, ms: number): void;
}

const shortMs = 2;
/** Of an average that follows the last few answers. */
const weight = 0.2;

export function makePace(): Pace {
  const averages = new LRUCache<string, number>({ max: 2_000 });
  return {
    isShort: (text) => (averages.get(text) ?? shortMs) < shortMs,
    record(text, ms) {
      const average = averages.peek(text) ?? ms;
      averages.set(text, average + weight * (ms - average));
    },
  };
}
