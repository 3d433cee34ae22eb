/**
 * A value that comes only when a question is asked: an id in an address, a variable of a GraphQL operation. A question
 * is compiled once with these in the place of its values, and asked as often as one likes.
 *
 * A newcomer's mistake would be to look at the value while compiling. What has to be checked or changed of it is said
 * with `convert`, and happens at each asking; a null is another question, because SQL compares it differently.
 */
import type { Json } from './json.ts';

/** The values of one asking, by the names that the question has for them. */
export type Given = Readonly<Record<string, Json>>;

export class Late {
  private constructor(readonly of: (given: Given) => Json) {}

  static value(name: string): Late {
    return new Late((given) => {
      const value = given[name];
      if (value === undefined || value === null) throw new Error(`The question was asked without its ${name}`);
      return value;
    });
  }

  /** `change` may throw a Problem, which the asking then throws. */
  convert(change: (value: Json) => Json): Late {
    return new Late((given) => change(this.of(given)));
  }
}

/** `change` of a value, now or as soon as it comes. */
export function convert(value: Json | Late, change: (value: Json) => Json): Json | Late {
  return value instanceof Late ? value.convert(change) : change(value);
}
