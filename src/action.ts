/** What `params.action` of a patch can be: a pure function from the row, the caller and the moment to what is changed. */
import type { JsonObject } from './json.ts';
import type { Fault, Problem } from './problem.ts';

/** The row that an action is about, who asks, and when. */
export interface ActionMoment {
  readonly before: JsonObject;
  readonly userId: string | null;
  readonly now: Date;
}

/** What an action does, or what is wrong: with its `params`, or with doing it to this row. */
export type ActionResult =
  | {
      /** The attributes that it sets. */
      readonly sets: JsonObject;
      /** New rows of the same resource, in the same group, that come of it. */
      readonly makes?: readonly JsonObject[];
    }
  | { readonly faults: readonly Fault[] }
  | { readonly problem: Problem };

/** Pure. */
export type Action = (params: JsonObject, moment: ActionMoment) => ActionResult;
