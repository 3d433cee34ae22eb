/**
 * What a selection costs: how many rows it could make the database touch. Nested pages multiply. It is known before any
 * SQL runs, and the same for everybody who asks the same.
 */
import { looksAhead } from '../../read/list-sql.ts';
import type { Root } from '../../read/roots-sql.ts';
import type { ListSelection, Output } from '../../read/selection.ts';

/** Rows that counting touches are not known before they are counted; this many are charged for each count. */
const costOfCount = 1_000;

/** How many rules a decision looks through is known only to who made them; a campaign has a handful. */
const costOfDecision = 10;

export function costOf(roots: readonly Root[]): number {
  return roots.reduce((sum, root) => {
    if (root.kind === 'constant') return sum;
    if (root.kind === 'pull') return sum + root.pull.limit;
    return sum + (root.kind === 'list' ? costOfList(root.list) : costOfRow(root.members));
  }, 0);
}

/** Of one row and everything below it. */
export function costOfRow(members: readonly Output[]): number {
  return 1 + costBelow(members);
}

function costOfList(list: ListSelection): number {
  const { page, members } = list;
  const nodes = members.flatMap((member): readonly Output[] => {
    if (member.kind === 'nodes') return member.members;
    if (member.kind !== 'edges') return [];
    return member.members.flatMap((edge) => (edge.kind === 'node' ? edge.members : []));
  });
  const readsRows = members.some(({ kind }) => kind === 'nodes' || kind === 'edges' || kind === 'pageInfo');
  const counts = members.filter(({ kind }) => kind === 'totalCount').length;
  // The row that tells whether there is another page is made like those that are shown.
  const rows = looksAhead(list) ? page.limit + 1 : page.limit;
  return (readsRows ? page.skip + rows * costOfRow(nodes) : 0) + counts * costOfCount;
}

function costBelow(members: readonly Output[]): number {
  return members.reduce((sum, member) => {
    switch (member.kind) {
      case 'list':
        return sum + costOfList(member.list);
      case 'one':
        return sum + costOfRow(member.members);
      case 'decided':
        return sum + costOfDecision + costOfRow(member.members);
      case 'object':
        return sum + costBelow(member.members);
      case 'rows':
        return sum + 1;
      case 'history':
        return sum + (typeof member.limit === 'number' ? member.limit : 0);
      default:
        return sum;
    }
  }, 0);
}
