/**
 * Whether a question can read personal data in bulk, which is known before it is asked: how many rows of lists it could
 * bring, of which resources, and by which filters. Most questions cannot, and cost nothing more than this.
 *
 * Rows that a reference leads to come with a row of a list and are not counted themselves.
 */
import { printFilter } from '../filter/print.ts';
import { putValues } from '../filter/put-values.ts';
import type { Filter } from '../filter/tree.ts';
import type { Given } from '../late.ts';
import type { Model, Resource } from '../model.ts';
import type { Root } from './roots-sql.ts';
import type { ListSelection, Output } from './selection.ts';

export interface BulkQuestion {
  /** The most rows of personal data that its lists can bring. */
  readonly most: number;
  /** kebab-case plurals with commas between, in the order in which they are asked for. */
  readonly resource: string;
  readonly filters: readonly Filter[];
}

/** Null where the question reads nobody's data, or no list of it. */
export function findBulkQuestion(roots: readonly Root[], model: Model): BulkQuestion | null {
  const resources = new Set<Resource>();
  const filters: Filter[] = [];
  let most = 0;
  for (const root of roots) {
    if (root.kind === 'one') most += mostBelow(root.members, model, resources);
    if (root.kind !== 'list') continue;
    const rows = mostOfList(root.list, model, resources);
    if (rows > 0 && !isEverything(root.list.filter)) filters.push(root.list.filter);
    most += rows;
  }
  if (most === 0) return null;
  return { most, resource: [...resources].map(({ label }) => label).join(), filters };
}

/** The filters as text, null where there are none. */
export function printFilters(filters: readonly Filter[], given: Given): string | null {
  const texts = filters.flatMap((filter) => (isEverything(filter) ? [] : [printFilter(putValues(filter, given))]));
  return texts.length === 0 ? null : texts.join('; ');
}

function isEverything(filter: Filter): boolean {
  return filter.kind === 'and' && filter.of.length === 0;
}

function mostOfList({ resource, page, members }: ListSelection, model: Model, found: Set<Resource>): number {
  const rows = members.flatMap((member): readonly (readonly Output[])[] => {
    if (member.kind === 'nodes') return [member.members];
    if (member.kind !== 'edges') return [];
    return member.members.flatMap((edge) => (edge.kind === 'node' ? [edge.members] : []));
  });
  const isPersonal = resource.declaration.personal === true;
  if (isPersonal && rows.length > 0) found.add(resource);
  return rows.reduce((sum, row) => sum + page.limit * ((isPersonal ? 1 : 0) + mostBelow(row, model, found)), 0);
}

function mostBelow(members: readonly Output[], model: Model, found: Set<Resource>): number {
  return members.reduce((sum, member) => {
    switch (member.kind) {
      case 'list':
        return sum + mostOfList(member.list, model, found);
      case 'one':
      case 'object':
      case 'decided':
        return sum + mostBelow(member.members, model, found);
      // A walklist has a few hundred stops, and each leads to people.
      case 'rows':
        return sum + (member.members === null ? 0 : mostItems * mostBelow(member.members, model, found));
      default:
        return sum;
    }
  }, 0);
}

/** Arrays have no limit that a question could name. */
const mostItems = 1_000;
