/** A text in the filter language as what it compares, apart from the values that it compares with. */
import { type Lifted, liftValues } from '../../filter/lift-values.ts';
import { parseFilter } from '../../filter/parse.ts';
import { Problem } from '../../problem.ts';

/** Null for a text that says nothing or cannot be understood; makeFilter says why. `name` is the variable's. */
export function liftWhere(text: string, name: string): Lifted | null {
  if (text.trim() === '') return null;
  try {
    return liftValues(parseFilter(text), `${name} `);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
