/** Which page of a list is asked for. What is out of bounds is refused; a page is never cut in silence. */
import { Problem } from '../../problem.ts';
import type { Page } from '../../read/selection.ts';
import { pageLimits } from '../page-limits.ts';

export interface PageArguments {
  readonly skip: number | null;
  readonly limit: number | null;
  readonly after: string | null;
}

export function checkPage({ skip, limit, after }: PageArguments): Page {
  const { unasked, largest } = pageLimits;
  const page = { skip: skip ?? 0, limit: limit ?? unasked, after };
  if (page.limit < 0 || page.limit > largest) {
    const how = 'for more, ask again with after: pageInfo.endCursor';
    throw new Problem('INVALID_PAGE', `limit: expected 0 to ${largest}, found ${page.limit}; ${how}.`);
  }
  if (page.skip < 0) throw new Problem('INVALID_PAGE', `skip: expected 0 or more, found ${page.skip}.`);
  return page;
}
