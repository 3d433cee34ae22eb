/** The query string of a list as a selection, with every name in it known to exist. */
import { checkFilter } from '../filter/check.ts';
import { parseQueryFilter } from '../filter/query-filter.ts';
import { checkSort, parseSort } from '../filter/sort.ts';
import type { Resource } from '../model.ts';
import type { ListSelection } from '../read/selection.ts';
import { makeFindAttribute } from '../read/term.ts';
import { parseDeleted } from './parse-deleted.ts';
import { parsePage } from './parse-page.ts';

export function parseListRequest(resource: Resource, parameters: URLSearchParams): ListSelection {
  const find = makeFindAttribute(resource);
  return {
    resource,
    filter: checkFilter(parseQueryFilter(parameters), find),
    sort: checkSort(parseSort(parameters.getAll('sort')), find),
    page: parsePage(parameters),
    deleted: parseDeleted(parameters),
    // The members of a connection are GraphQL's.
    members: [],
  };
}
