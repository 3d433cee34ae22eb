/**
 * What the seed hands to the batch form of the write path: creates of one resource, in an order in which every
 * reference points to an earlier row. Only one looks forward: an organization's `securityGroupId` names the group that
 * it brings along.
 */
import type { JsonObject } from '../src/json.ts';

export interface SeedRow {
  readonly id: string;
  readonly securityGroupId: string;
  readonly data: JsonObject;
  /** What a create takes beside `data`: here, the id of the group that an organization makes for itself. */
  readonly params?: JsonObject;
}

export interface SeedStep {
  readonly customerId: string;
  /** Singular and camel case, as in a declaration's `name`. */
  readonly resource: string;
  readonly rows: readonly SeedRow[];
  /** The user in whose name the rows are made; nobody's when left out. */
  readonly changedBy?: string;
}

/** A batch takes a thousand rows at most (domain.md, Bulk). */
const largestStep = 1000;

export function* makeSteps(customerId: string, resource: string, rows: readonly SeedRow[]): Generator<SeedStep> {
  for (let from = 0; from < rows.length; from += largestStep) {
    yield { customerId, resource, rows: rows.slice(from, from + largestStep) };
  }
}
