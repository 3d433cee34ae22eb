/**
 * What a selection costs: how many rows it could make the database touch. Nested pages multiply. It is known before any
 * SQL runs, and the same for everybody who asks the same.
 */
import { looksAhead } from '../../read/page-text-sql.ts';
import type { Root } from '../../read/roots-sql.ts';
import type { ListSelection, Output } from '../../read/selection.ts';
import type { StatsSelection } from '../../read/stats-selection.ts';

/** Rows that counting touches are not known before they are counted; this many are charged for each count. */
const costOfCount = 1_000;

/** How many rules a decision looks through is known only to who made them; a campaign has a handful. */
const costOfDecision = 10;

/**
 * Groups are made of any number of rows, so each reading of a table for them is charged like twenty counts, and so is
 * each sorting of what was read and each place in a document that has to be opened for every row.
 */
const costOfGrouping = 20 * costOfCount;

export function costOf(roots: readonly Root[]): number {
  return roots.reduce((sum, root) => {
    switch (root.kind) {
      case 'constant':
        return sum;
      case 'list':
        return sum + costOfList(root.list);
      case 'one':
        return sum + costOfRow(root.members);
      case 'pull':
        return sum + root.pull.limit;
      case 'stats':
        return sum + costOfStats(root.stats);
    }
  }, 0);
}

function costOfStats({ keys, measures, opened: parts, answer, skip, limit }: StatsSelection): number {
  const opened = keys.filter(({ kind }) => kind === 'pointer').length + (parts === null ? 0 : 1);
  const slow = measures.filter(({ measure }) => {
    if (['percentile', 'countDistinct', 'hours', 'items', 'latestForItem'].includes(measure.kind)) return true;
    return 'of' in measure && Array.isArray(measure.of);
  }).length;
  const groups = answer.kind === 'page' ? answer.members.filter((member) => member.kind === 'groups') : [answer];
  const related = groups.reduce((sum, { members }) => sum + costBelow(members), 0);
  // How many lines a ready question has is known when it is answered: as many as a page, or a few more.
  const lines = answer.kind === 'page' ? limit : costOfCount;
  return (1 + opened + slow) * costOfGrouping + skip + lines * (1 + related);
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
