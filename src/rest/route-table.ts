/**
 * Every address that REST answers, as data that follows from the declarations. The server registers this table, and
 * whoever describes the API reads the same one.
 *
 * A resource that nobody writes has no writing routes: there 405 with Allow says so, not 403.
 */
import type { Model, Resource } from '../model.ts';

export type RestVerb = 'list' | 'create' | 'get' | 'patch' | 'remove';

export interface RestRoute {
  readonly verb: RestVerb;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** In the notation of the router: `/v2/notes/:id`. */
  readonly url: string;
  readonly resource: Resource;
}

export function makeRoutes({ resources }: Model): readonly RestRoute[] {
  return resources.flatMap((resource) => {
    const { route, readOnly } = resource.declaration;
    if (route === null) return [];
    const one = `${route}/:id`;
    const reads: readonly RestRoute[] = [
      { verb: 'list', method: 'GET', url: route, resource },
      { verb: 'get', method: 'GET', url: one, resource },
    ];
    if (readOnly === true) return reads;
    return [
      ...reads,
      { verb: 'create', method: 'POST', url: route, resource },
      { verb: 'patch', method: 'PATCH', url: one, resource },
      { verb: 'remove', method: 'DELETE', url: one, resource },
    ];
  });
}
