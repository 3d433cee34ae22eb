/** Ways to look at a demo's steps, for the tests beside this file. */
import { demoIds } from '../../../seed/demo-ids.ts';
import type { SeedRow, SeedStep } from '../../../seed/seed-step.ts';
import type { JsonObject } from '../../../src/json.ts';

/** The rows of one resource, of the first customer unless another is named. */
export function rowsOf(
  steps: readonly SeedStep[],
  resource: string,
  customerId: string = demoIds.customer,
): readonly SeedRow[] {
  return steps
    .filter((step) => step.resource === resource && step.customerId === customerId)
    .flatMap(({ rows }) => rows);
}

export function dataOf(steps: readonly SeedStep[], resource: string): readonly JsonObject[] {
  return rowsOf(steps, resource).map(({ data }) => data);
}

/** Everything in a document that looks like an id, keys included. */
export function uuidsIn(data: JsonObject): string[] {
  return JSON.stringify(data).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
}
