/** Random questions and changes about a random world, in which ids of everybody's rows go to every place that takes one. */
import { v7 as makeId } from 'uuid';
import type { Dice } from '../../api/graphql/dice.ts';
import { type Facts, makeMark } from './facts.ts';
import { type KindName, kindNames, kinds, type Relation, relations } from './kinds.ts';
import type { Change, Filter, Inner, Page, Question, Selection } from './question.ts';

/** The filter of a type knows no attribute that a relation has taken the name of. */
const untypedMarks: ReadonlySet<KindName> = new Set(['contact']);

export function anyQuestion(facts: Facts, dice: Dice): Question {
  const of = dice.pick(kindNames);
  const select = anySelection(of, 2, facts, dice);
  if (dice.chance(25)) return { kind: 'get', of, id: anyId(of, facts, dice), select };
  const sort = anySort(of, dice);
  const rows = facts.rows.filter(({ kind }) => kind === of);
  const page: Page = {
    ...anyPage(of, facts, dice),
    ...sort,
    after: dice.chance(25) && rows.length > 0 ? dice.pick(rows) : null,
    deleted: dice.chance(15) ? dice.pick(['include', 'only'] as const) : 'exclude',
  };
  return { kind: 'list', of, page, select };
}

export function anyChange(facts: Facts, dice: Dice): Change {
  if (dice.chance(35)) {
    const groups = [...new Set(facts.organizations.map(({ group }) => group))];
    // An id that only the other customer has is nobody's here.
    const id = makeId();
    const mark = makeMark(dice.below(2), dice);
    const group = dice.chance(40) ? dice.pick(groups) : null;
    return { kind: 'create', of: 'note', id, about: anyId('contact', facts, dice), group, mark };
  }
  const changed = kindNames.filter((name) => name !== 'role');
  const kind = dice.chance(60) ? 'patch' : 'remove';
  const of = dice.pick(kind === 'patch' ? changed.filter((name) => kinds[name].mark !== null) : changed);
  const etag = dice.chance(80) ? 'any' : dice.pick(['wrong', 'none'] as const);
  return { kind, of, id: anyId(of, facts, dice), etag, mark: makeMark(dice.below(2), dice) };
}

function anyId(of: KindName, { ids, rows }: Facts, dice: Dice): string {
  const known = rows.filter(({ kind }) => kind === of).map(({ id }) => id);
  return dice.chance(80) && known.length > 0 ? dice.pick(known) : dice.pick(ids[of]);
}

function anySort(of: KindName, dice: Dice): Pick<Page, 'sort' | 'isDescending'> {
  return { sort: kinds[of].mark !== null && dice.chance(50) ? 'mark' : 'id', isDescending: dice.chance(50) };
}

function anyPage(of: KindName, facts: Facts, dice: Dice): Page {
  return {
    filter: anyFilter(of, 2, facts, dice),
    ...anySort(of, dice),
    skip: dice.chance(20) ? dice.below(3) : 0,
    limit: dice.chance(20) ? dice.below(3) : 100,
    ...{ after: null, deleted: 'exclude' },
  };
}

function anySelection(of: KindName, depth: number, facts: Facts, dice: Dice): Selection {
  const own = relations.filter(({ from }) => from === of);
  if (depth === 0 || own.length === 0) return { inner: [] };
  const chosen = new Set(dice.several(0, 2, () => dice.pick(own)));
  const inner = [...chosen].map((relation): Inner => {
    const select = anySelection(relation.to, depth - 1, facts, dice);
    return { relation, page: relation.by.kind === 'one' ? null : anyPage(relation.to, facts, dice), select };
  });
  return { inner };
}

function anyFilter(of: KindName, depth: number, facts: Facts, dice: Dice): Filter {
  if (dice.chance(60)) return { kind: 'and', of: [] };
  return anyCondition(of, depth, facts, dice);
}

function anyCondition(of: KindName, depth: number, facts: Facts, dice: Dice): Filter {
  const below = (kind = of): Filter => anyCondition(kind, depth - 1, facts, dice);
  if (depth > 0) {
    const own = relations.filter(({ from }) => from === of);
    if (own.length > 0 && dice.chance(45)) return anyRelated(dice.pick(own), below, dice);
    if (dice.chance(30)) return { kind: dice.chance(50) ? 'and' : 'or', of: [below(), below()] };
    if (dice.chance(20)) return { kind: 'not', of: below() };
  }
  const attributes = Object.entries(kinds[of].references);
  if (attributes.length > 0 && dice.chance(40)) {
    const [attribute, to] = dice.pick(attributes);
    return { kind: 'reference', attribute, id: anyId(to, facts, dice) };
  }
  if (kinds[of].mark !== null && !untypedMarks.has(of) && dice.chance(60)) {
    return { kind: 'mark', value: makeMark(dice.below(2), dice) };
  }
  return { kind: 'ids', ids: dice.several(1, 4, () => anyId(of, facts, dice)) };
}

/** A reference leads to one row or none, so `none` is said of it by `not`. */
function anyRelated(relation: Relation, below: (kind: KindName) => Filter, dice: Dice): Filter {
  const of = dice.chance(25) ? ({ kind: 'and', of: [] } as const) : below(relation.to);
  return { kind: 'related', relation, some: relation.by.kind === 'one' || dice.chance(60), of };
}

/** Whether the filter language has words for it: it knows no relations. */
export function isPlain(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.every(isPlain);
  return filter.kind === 'not' ? isPlain(filter.of) : filter.kind !== 'related';
}
