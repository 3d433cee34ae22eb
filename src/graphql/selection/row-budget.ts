/**
 * How many rows a root could make the database read: nested pages multiply. A question that could touch more than any
 * screen or walk needs is refused before it runs, since one connection would be busy with it until the timeout.
 */
import { Problem } from '../../problem.ts';
import type { Root } from '../../read/reader.ts';
import type { ListSelection, Output } from '../../read/selection.ts';

const rowBudget = 1_000_000;

export function checkRowBudget(root: Root): Root {
  const rows = root.kind === 'list' ? rowsOfList(root.list) : root.kind === 'one' ? rowsOf(root.members) : 0;
  if (rows <= rowBudget) return root;
  throw new Problem(
    'INVALID_PAGE',
    `${root.key} could read ${rows.toLocaleString('en')} rows; ${rowBudget.toLocaleString('en')} are allowed. ` +
      'Ask for smaller pages (limit) where lists lie inside lists, or for fewer of them.',
  );
}

function rowsOfList({ page, members }: ListSelection): number {
  const nodes = members.flatMap((member): readonly Output[] => {
    if (member.kind === 'nodes') return member.members;
    if (member.kind !== 'edges') return [];
    return member.members.flatMap((edge) => (edge.kind === 'node' ? edge.members : []));
  });
  return page.limit * (1 + rowsOf(nodes));
}

function rowsOf(members: readonly Output[]): number {
  return members.reduce((sum, member) => {
    if (member.kind === 'list') return sum + rowsOfList(member.list);
    if (member.kind === 'one') return sum + 1 + rowsOf(member.members);
    return member.kind === 'object' ? sum + rowsOf(member.members) : sum;
  }, 0);
}
