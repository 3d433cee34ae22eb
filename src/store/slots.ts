/**
 * How many long answers may be under way at once. Each holds a connection for as long as its reader takes, so the one
 * that would be too many is refused at once: waiting in line, it would time out in front of somebody's eyes.
 */
import { Problem } from '../problem.ts';

export interface Slots {
  /** OVERLOADED when none is free. Gives one back with what it returns, of which only the first call counts. */
  take(): () => void;
}

export function makeSlots(size: number): Slots {
  let busy = 0;
  return {
    take() {
      if (busy >= size) {
        throw new Problem('OVERLOADED', `All ${size} streams are in use. Try again shortly, or ask for pages.`, {
          retryAfter: 5,
        });
      }
      busy += 1;
      let taken = true;
      return () => {
        if (taken) busy -= 1;
        taken = false;
      };
    },
  };
}
