/** The query string of a list as a selection, with every name in it known to exist. */
import { checkFilter } from '../filter/check.ts';
import { parseQueryFilter } from '../filter/query-filter.ts';
import { checkSort, parseSort } from '../filter/sort.ts';
import type { Resource } from '../model.ts';
import type { ListSelection } from '../read/selection.ts';
import { type ListedAttributes, meanFilter } from './listed-attributes.ts';
import { parseDeleted } from './parse-deleted.ts';
import { parsePage } from './parse-page.ts';

export function parseListRequest(
  resource: Resource,
  { find, mean }: ListedAttributes,
  parameters: URLSearchParams,
): ListSelection {
  const sort = parseSort(parameters.getAll('sort')).map((key) => ({ ...key, pointer: mean(key.pointer) }));
  return {
    resource,
    filter: checkFilter(meanFilter(parseQueryFilter(parameters), mean), find),
    sort: checkSort(sort, find),
    page: parsePage(parameters),
    deleted: parseDeleted(parameters),
    // The members of a connection are GraphQL's.
    members: [],
  };
}
