/** What a question has to be answered, by whatever `rights` says that somebody sees. It decides nothing about rights. */
import type { Facts, Person, Row } from './facts.ts';
import { type KindName, kinds, type Relation } from './kinds.ts';
import type { Filter, Page, Question, Selection, Shown } from './question.ts';
import type { makeRights } from './rights.ts';

export function answer(
  question: Question,
  person: Person,
  { rows }: Facts,
  { find, isInScope, isThere, sees }: ReturnType<typeof makeRights>,
): Shown | null {
  const follow = (row: Row, { to, by }: Relation): readonly Row[] => {
    const seen = rows.filter((each) => sees(person, each));
    if (by.kind === 'one') return seen.filter(({ kind, id }) => kind === to && id === row.references[by.attribute]);
    const pointing = (kind: KindName, attribute: string): readonly Row[] =>
      seen.filter((each) => each.kind === kind && each.references[attribute] === row.id);
    if (by.kind === 'many') return pointing(to, by.attribute);
    const far = pointing(by.link, by.near).map(({ references }) => references[by.far]);
    return seen.filter(({ kind, id }) => kind === to && far.includes(id));
  };
  const matches = (row: Row, filter: Filter): boolean => {
    switch (filter.kind) {
      case 'and':
        return filter.of.every((each) => matches(row, each));
      case 'or':
        return filter.of.some((each) => matches(row, each));
      case 'not':
        return !matches(row, filter.of);
      case 'mark':
        return row.mark === filter.value;
      case 'ids':
        return filter.ids.includes(row.id);
      case 'reference':
        return row.references[filter.attribute] === filter.id;
      case 'related':
        return follow(row, filter.relation).some((each) => matches(each, filter.of)) === filter.some;
    }
  };
  const list = (from: readonly Row[], page: Page, select: Selection): Shown => {
    const { deleted, filter, after, skip, limit } = page;
    const all = from
      .filter((row) => isInScope(person, row) && (deleted === 'include' || isThere(row) === (deleted === 'exclude')))
      .filter((row) => matches(row, filter))
      .sort((one, other) => compare(one, other, page));
    const behind = all.filter((row) => after === null || compare(row, after, page) > 0);
    const nodes = behind.slice(skip, skip + limit).map((row) => show(row, select));
    return { nodes, totalCount: all.length };
  };
  const show = (row: Row, { inner }: Selection): Shown => ({
    ...{ id: row.id, mark: kinds[row.kind].mark === null ? null : row.mark },
    ...Object.fromEntries(
      inner.map(({ relation, page, select }) => {
        const found = follow(row, relation);
        if (page !== null) return [relation.name, list(found, page, select)];
        return [relation.name, found.length === 0 ? null : show(found[0]!, select)];
      }),
    ),
  });
  if (question.kind === 'get') {
    const row = find(person.customer, question.of, question.id);
    return sees(person, row) ? show(row, question.select) : null;
  }
  return list(
    rows.filter(({ kind }) => kind === question.of),
    question.page,
    question.select,
  );
}

function compare(one: Row, other: Row, { sort, isDescending }: Page): number {
  const [left, right] = [one, other].map(({ mark, id }) => (sort === 'mark' ? `${mark} ${id}` : id)) as [
    string,
    string,
  ];
  return (left < right ? -1 : left > right ? 1 : 0) * (isDescending ? -1 : 1);
}
