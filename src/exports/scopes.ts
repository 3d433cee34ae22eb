/**
 * What somebody was allowed to see when an export was made for them. A file outlives rights, so they are asked for again
 * when it is fetched: whoever has lost a group since then gets nothing that holds rows of it.
 */
import { readableGroups } from '../access/scope.ts';
import type { Groups, Viewer } from '../access/viewer.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Model, Resource } from '../model.ts';
import type { ExportRequest } from './export-request.ts';

/** Groups by the labels of the resources that an export tells of, or `all`. */
export function keepScopes(viewer: Viewer, { resource, shape }: ExportRequest, model: Model): JsonObject {
  const told = [resource, ...shape.reads.map(model.get)];
  return Object.fromEntries(told.map((each) => [each.label, toJson(readableGroups(viewer, each))]));
}

/** Whether the viewer still may see all of it. */
export function coversScopes(viewer: Viewer, scopes: JsonObject, { resources }: Pick<Model, 'resources'>): boolean {
  return Object.entries(scopes).every(([label, then]) => {
    const resource = resources.find((each: Resource) => each.label === label);
    return resource !== undefined && covers(readableGroups(viewer, resource), then);
  });
}

function toJson(groups: Groups): Json {
  return groups === 'all' ? 'all' : [...groups];
}

function covers(now: Groups, then: Json): boolean {
  if (now === 'all') return true;
  return Array.isArray(then) && then.every((group: Json) => now.has(String(group)));
}
