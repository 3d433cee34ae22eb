/**
 * Every address that REST answers, as data that follows from the declarations. The server registers this table, and
 * whoever describes the API reads the same one.
 *
 * A resource that nobody writes has no writing routes: there 405 with Allow says so, not 403.
 */
import type { Model, Resource } from '../model.ts';
import { parseAddress, type PathParameter } from './path-parameters.ts';

/** `put` makes a link or changes the one that is there; the many are one transaction, all of it or nothing. */
export type RestVerb = 'list' | 'create' | 'get' | 'patch' | 'remove' | 'put' | 'createMany' | 'patchMany' | 'putMany';

export interface RestRoute {
  readonly verb: RestVerb;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** In the notation of the router: `/v2/notes/:id`. */
  readonly url: string;
  /** Whose rows are read or written. */
  readonly resource: Resource;
  readonly parameters: readonly PathParameter[];
  /** The link along which the rows of a list below another row are found. */
  readonly through: Resource | null;
}

export function makeRoutes(model: Model): readonly RestRoute[] {
  return model.resources.flatMap((resource) => [
    ...ownRoutes(resource),
    ...rowRoutes(resource, model),
    ...listRoutes(resource, model),
    ...bulkRoutes(resource, model),
  ]);
}

function ownRoutes(resource: Resource): readonly RestRoute[] {
  const { route, readOnly } = resource.declaration;
  if (route === null) return [];
  const all = { url: route, resource, parameters: [], through: null };
  const id = { name: 'id', of: resource, lead: [] };
  const one = { ...all, url: `${route}/:id`, parameters: [id] };
  const reads: readonly RestRoute[] = [
    { verb: 'list', method: 'GET', ...all },
    { verb: 'get', method: 'GET', ...one },
  ];
  if (readOnly === true) return reads;
  return [
    ...reads,
    { verb: 'create', method: 'POST', ...all },
    { verb: 'patch', method: 'PATCH', ...one },
    { verb: 'remove', method: 'DELETE', ...one },
  ];
}

/** One link by what it links. Its ends are its address, so a link that holds nothing else has nothing to patch. */
function rowRoutes(resource: Resource, model: Model): readonly RestRoute[] {
  const { addresses, link = [], readOnly = [] } = resource.declaration;
  if (addresses?.row === undefined) return [];
  const one = { ...parseAddress(addresses.row, resource, model), resource, through: null };
  const fixed = [...link, ...(readOnly === true ? [] : readOnly)];
  const isPatched = Object.keys(resource.declaration.fields).some((name) => !fixed.includes(name));
  return [
    { verb: 'get', method: 'GET', ...one },
    { verb: 'put', method: 'PUT', ...one },
    ...(isPatched ? [{ verb: 'patch', method: 'PATCH', ...one } as const] : []),
    { verb: 'remove', method: 'DELETE', ...one },
  ];
}

/** What a link leads to from the end that the address names. */
function listRoutes(through: Resource, model: Model): readonly RestRoute[] {
  const { addresses } = through.declaration;
  if (addresses?.list === undefined) return [];
  const link: readonly string[] = through.declaration.link ?? [];
  const { url, parameters } = parseAddress(addresses.list.route, through, model);
  const far = through.attributes.find(
    ({ path: [, name] }) => link.includes(name!) && parameters.every(({ lead }) => lead[0]!.path[1] !== name),
  )!;
  const resource = model.get(far.field.reference!.to);
  return [{ verb: 'list', method: 'GET', url, resource, parameters, through }];
}

/** Existing clients call these of links with PUT as often as with POST. */
function bulkRoutes(resource: Resource, model: Model): readonly RestRoute[] {
  const { bulk } = resource.declaration.addresses ?? {};
  if (bulk === undefined) return [];
  const all = { ...parseAddress(bulk.route, resource, model), resource, through: null };
  return bulk.takes.flatMap((change): readonly RestRoute[] => {
    switch (change) {
      case 'create':
        return [{ verb: 'createMany', method: 'POST', ...all }];
      case 'patch':
        return [{ verb: 'patchMany', method: 'PATCH', ...all }];
      case 'put':
        return [
          { verb: 'putMany', method: 'POST', ...all },
          { verb: 'putMany', method: 'PUT', ...all },
        ];
    }
  });
}
