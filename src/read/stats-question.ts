/** A ready question of a declaration (see resource.ts) as a selection of groups, but for what the caller limits it to. */
import { decimal } from '../fields/decimal.ts';
import { document } from '../fields/document.ts';
import type { LeafField } from '../fields/field.ts';
import { reference } from '../fields/reference.ts';
import { text } from '../fields/text.ts';
import { checkFilter } from '../filter/check.ts';
import { parseFilter } from '../filter/parse.ts';
import { everything, type Filter } from '../filter/tree.ts';
import type { Attribute, Model, Relation, Resource } from '../model.ts';
import type { ForItem as DeclaredForItem, ReadyKey, ReadyMeasure, ReadyQuestion } from '../ready-question.ts';
import { dimensionsOf } from './stats-dimensions.ts';
import {
  type Derived,
  type ForItem,
  type Measure,
  type Measured,
  measureColumn,
  type Opened,
  type StatsKey,
  type StatsSelection,
} from './stats-selection.ts';
import { makeFindAttribute } from './term.ts';

export interface QuestionColumn {
  readonly name: string;
  readonly description: string;
  readonly attribute: Attribute;
  /** The row that a key refers to. */
  readonly relation: (Relation & { readonly kind: 'one' }) | null;
}

export interface Question {
  readonly columns: readonly QuestionColumn[];
  /** Without filter and answer, which are the caller's. */
  readonly groups: Omit<StatsSelection, 'filter' | 'answer'>;
}

/** There are no more lines than this, so that nobody takes a part of the answer for all of it. */
const mostLines = 100_000;

export function makeQuestion(resource: Resource, question: ReadyQuestion, model: Model): Question {
  const find = (name: string): Attribute => findNamed(resource, name);
  const keys = Object.entries(question.keys).map(([name, key]) => ({ name, ...makeKey(name, key, find) }));
  const measured = new Map<string, Measured>();
  const derived = new Map<string, Derived>();
  for (const [name, measure] of Object.entries(question.measures)) {
    const columnOf = (other: string): Attribute => (measured.get(other) ?? derived.get(other))!.attribute;
    if (measure.is === 'ratio' || measure.is === 'deviation') derived.set(name, deriveFrom(name, measure, columnOf));
    else {
      const made = makeMeasure(resource, question, measure, find, model);
      measured.set(name, { measure: made, attribute: measureColumn(measured.size, made.kind) });
    }
  }
  const columns = [
    ...keys.map(({ name, attribute }): QuestionColumn => {
      const key = question.keys[name]!;
      return { name, description: key.description, attribute, relation: relationOf(name, key, attribute) };
    }),
    ...Object.entries(question.measures).map(([name, { description }]): QuestionColumn => {
      const { attribute } = (measured.get(name) ?? derived.get(name))!;
      return { name, description, attribute, relation: null };
    }),
  ];
  const attributes = columns.map(({ name, attribute }): Attribute => ({ ...attribute, path: [name] }));
  const shape: Resource = { ...resource, envelope: [], attributes, rows: [], decisions: [] };
  return {
    columns,
    groups: {
      ...{ resource, shape, deleted: 'exclude', timeZone: null, skip: 0, limit: mostLines },
      keys: keys.map(({ key }) => key),
      measures: [...measured.values()],
      derived: [...derived.values()],
      opened: openedBy(resource, question, find),
      having:
        question.having === undefined
          ? everything
          : checkFilter(parseFilter(question.having), makeFindAttribute(shape)),
      sort: (question.sort ?? []).map(([name, order]) => ({ pointer: [name], order })),
    },
  };
}

function makeKey(
  name: string,
  key: ReadyKey,
  find: (name: string) => Attribute,
): { readonly key: StatsKey; readonly attribute: Attribute } {
  const column = (field: LeafField, required: boolean): Attribute => ({
    path: [name],
    column: `key:${name}`,
    field,
    required,
  });
  if ('attribute' in key) {
    const of = find(key.attribute);
    const attribute = { ...of, column: `key:${name}` };
    return { attribute, key: { kind: 'column', of, attribute } };
  }
  if ('rule' in key) {
    const attribute = column(reference(key.rule, key.description), false);
    return { attribute, key: { kind: 'rule', rule: key.rule, attribute } };
  }
  const fields = {
    name: reference(key.refersTo ?? '', key.description),
    member: text(key.description),
    value: document({}, key.description),
  };
  const attribute = column(fields[key.entry], key.entry !== 'name');
  return { attribute, key: { kind: 'entry', part: key.entry, attribute } };
}

function relationOf(name: string, key: ReadyKey, attribute: Attribute): QuestionColumn['relation'] {
  const target = key.refersTo ?? attribute.field.reference?.to ?? '';
  return target === '' ? null : { kind: 'one', name: name.replace(/Id$/, ''), target, attribute };
}

function makeMeasure(
  resource: Resource,
  { items }: ReadyQuestion,
  measure: Exclude<ReadyMeasure, { readonly is: 'ratio' | 'deviation' }>,
  find: (name: string) => Attribute,
  model: Model,
): Measure {
  const filterOf = (where: string | undefined): Filter | null =>
    where === undefined ? null : checkFilter(parseFilter(where), makeFindAttribute(resource));
  const forItem = (declared: DeclaredForItem): ForItem => makeForItem(declared, resource, items!, model);
  switch (measure.is) {
    case 'count':
    case 'share':
      return { kind: measure.is, filter: filterOf(measure.where) };
    case 'countDistinct':
      return { kind: 'countDistinct', of: dimensionsOf(resource).get(measure.of)!, filter: filterOf(measure.where) };
    case 'average':
    case 'earliest':
    case 'latest':
      return { kind: measure.is, of: find(measure.of) };
    case 'percentile':
      return { kind: 'percentile', of: find(measure.of), at: measure.at };
    case 'hours':
      return { kind: 'hours', of: find(measure.of), by: find(measure.by), pause: measure.pause };
    case 'items':
      return { kind: 'items', having: measure.having === undefined ? null : forItem(measure.having) };
    case 'latestForItem': {
      const having = forItem(measure.having);
      return { kind: 'latestForItem', of: findNamed(having.resource, measure.of), having };
    }
  }
}

function makeForItem(
  { resource: name, by, where }: DeclaredForItem,
  owner: Resource,
  items: string,
  model: Model,
): ForItem {
  const resource = model.get(name);
  const members = owner.rows.find(({ path }) => path[1] === items)!.members;
  return {
    resource,
    by: Object.entries(by).map(([mine, other]) => {
      const member = members.find(({ path }) => path[0] === other);
      const [of, column] =
        member === undefined ? (['row', findNamed(owner, other).column] as const) : (['item', member.column] as const);
      return { reference: findNamed(resource, mine), of, column };
    }),
    filter: where === undefined ? everything : checkFilter(parseFilter(where), makeFindAttribute(resource)),
  };
}

function deriveFrom(
  name: string,
  measure: ReadyMeasure & { readonly is: 'ratio' | 'deviation' },
  columnOf: (name: string) => Attribute,
): Derived {
  const attribute: Attribute = {
    path: [name],
    column: `derived:${name}`,
    field: decimal(measure.description),
    required: false,
  };
  if (measure.is === 'deviation') return { attribute, kind: 'deviation', of: columnOf(measure.of) };
  return { attribute, kind: 'ratio', of: columnOf(measure.of), to: columnOf(measure.to) };
}

function openedBy(
  resource: Resource,
  { entries, items }: ReadyQuestion,
  find: (name: string) => Attribute,
): Opened | null {
  if (entries !== undefined) return { kind: 'entries', document: find(entries.of), inside: entries.inside };
  if (items === undefined) return null;
  return { kind: 'items', rows: resource.rows.find(({ path }) => path[1] === items)! };
}

/** An attribute by its own name, wherever it stands in the envelope. */
export function findNamed({ name: owner, envelope, attributes }: Resource, name: string): Attribute {
  const found = [...envelope, ...attributes].find(({ path }) => path.at(-1) === name);
  if (found === undefined) throw new Error(`${owner} has no attribute ${name}`);
  return found;
}
