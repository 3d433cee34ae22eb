/** Answers that are one row, and what can be done with it next. */
import type { JsonObject } from '../../json.ts';
import type { Resource } from '../../model.ts';
import { type HeaderName, headersOf } from './headers.ts';

export function rowAnswer(resource: Resource, description: string, ...more: readonly HeaderName[]): JsonObject {
  const names = linksOf(resource).map(([name]) => name);
  return {
    description,
    headers: headersOf('ETag', ...more),
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${resource.typeName}` } } },
    links: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/links/${name}` }])),
  };
}

/** The id and the etag of an answer are what the operations on the row want (OpenAPI §4.8.20). */
export function linksOf({ typeName, declaration }: Resource): readonly (readonly [string, JsonObject])[] {
  if (declaration.route === null) return [];
  const id = '$response.body#/id';
  const etag = '$response.header.ETag';
  const link = (operationId: string, parameters: JsonObject) => [operationId, { operationId, parameters }] as const;
  const get = link(`get${typeName}`, { id });
  if (declaration.readOnly === true) return [get];
  return [get, ...['patch', 'delete'].map((verb) => link(`${verb}${typeName}`, { id, 'header.etag': etag }))];
}
