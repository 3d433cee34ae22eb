/** From a field that asks for groups, with its arguments and what stands below it, to the selection of them. */
import { type FieldNode, getArgumentValues, getNamedType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { parseFilter } from '../../filter/parse.ts';
import { checkFilter } from '../../filter/check.ts';
import { everything, type Filter } from '../../filter/tree.ts';
import { parsePointer } from '../../filter/pointer.ts';
import { checkSort, type SortKey } from '../../filter/sort.ts';
import type { Attribute, Resource } from '../../model.ts';
import { Problem } from '../../problem.ts';
import type { Deleted, Output } from '../../read/selection.ts';
import { dimensionsOf } from '../../read/stats-dimensions.ts';
import {
  keyColumn,
  type Measured,
  measureColumn,
  pointerKey,
  pointersColumn,
  shapeOfGroups,
  type StatsKey,
  type StatsOutput,
  type StatsSelection,
} from '../../read/stats-selection.ts';
import { makeFindAttribute } from '../../read/term.ts';
import { isTimeZone } from '../../time-zone.ts';
import type { Meaning } from '../meaning.ts';
import { checkPage } from './check-page.ts';
import { collectSubfields } from './collect-fields.ts';
import { locate } from './locate.ts';
import { makeFilter } from './make-filter.ts';
import { checkPlace, makeMeasure, refuse } from './make-measure.ts';
import { makeMembers } from './make-members.ts';
import type { SelectionContext } from './operation.ts';

interface StatsArguments {
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly where?: string | Filter | null;
  readonly groupBy?: readonly string[] | null;
  readonly pointers?: readonly string[] | null;
  readonly timeZone?: string | null;
  readonly having?: string | null;
  readonly sort?: readonly { readonly pointer: string; readonly order?: SortKey['order'] | null }[] | null;
  readonly skip?: number | null;
  readonly limit?: number | null;
  readonly deleted?: Deleted | null;
}

type StatsMeaning = Meaning & { readonly kind: 'stats' };

/** Each makes PostgreSQL compare one more value for every row. */
const mostKeys = 8;

export function makeStats(
  nodes: readonly FieldNode[],
  field: GraphQLField<unknown, unknown>,
  means: StatsMeaning,
  context: SelectionContext,
): StatsSelection {
  const { schema, operation } = context;
  const { resource } = means;
  const given: StatsArguments = getArgumentValues(field, nodes[0]!, operation.variables);
  const keys = locate(nodes[0]!, () => makeKeys(given, means));
  const measures: Measured[] = [];
  const byName = new Map<string, Attribute>();
  const members = makeStatsMembers(
    nodes,
    field,
    means,
    context,
    keys,
    (name, measured) => {
      measures.push(measured);
      if (!byName.has(name)) byName.set(name, measured.attribute);
    },
    () => measures.length,
  );
  return locate(nodes[0]!, () => {
    const { filter = null, where = null, skip = null, limit = null } = given;
    const shape = shapeOfGroups(resource, keys, byName);
    const page = checkPage({ skip, limit, after: null });
    return {
      ...{ resource, keys, measures, shape, opened: null, derived: [] },
      answer: { kind: 'page', members },
      filter: makeFilter(resource, { filter, where }, schema),
      deleted: given.deleted ?? 'exclude',
      timeZone: checkTimeZone(given.timeZone ?? null),
      having: makeHaving(given.having ?? '', shape),
      sort: makeGroupSort(given.sort ?? [], shape),
      ...{ skip: page.skip, limit: page.limit },
    };
  });
}

function makeKeys({ groupBy, pointers }: StatsArguments, { resource, model }: StatsMeaning): readonly StatsKey[] {
  const dimensions = dimensionsOf(resource);
  const keys: readonly StatsKey[] = [
    ...[...new Set(groupBy ?? [])].map((name): StatsKey => ({ kind: 'dimension', dimension: dimensions.get(name)! })),
    ...(pointers ?? []).map((text, index) => pointerKey(index, checkPlace(text, 'pointers', resource, model))),
  ];
  if (keys.length <= mostKeys) return keys;
  throw refuse('groupBy', `a group may be made by ${mostKeys} things, this one by ${keys.length}`);
}

function makeStatsMembers(
  nodes: readonly FieldNode[],
  field: GraphQLField<unknown, unknown>,
  means: StatsMeaning,
  context: SelectionContext,
  keys: readonly StatsKey[],
  add: (name: string, measured: Measured) => void,
  count: () => number,
): readonly StatsOutput[] {
  const type = getNamedType(field.type) as GraphQLObjectType;
  return [...collectSubfields(nodes, context.operation)].map(([key, below]): StatsOutput => {
    const name = below[0]!.name.value;
    if (name === '__typename') return { kind: 'constant', key, json: JSON.stringify(type.name) };
    const inner = type.getFields()[name]!;
    if (inner.extensions.means?.kind === 'groupCount') return { kind: 'groupCount', key };
    const group = getNamedType(inner.type) as GraphQLObjectType;
    const members = [...collectSubfields(below, context.operation)].map(([alias, parts]): Output => {
      const part = group.getFields()[parts[0]!.name.value];
      if (part === undefined) return { kind: 'constant', key: alias, json: JSON.stringify(group.name) };
      const what = part.extensions.means;
      if (what?.kind === 'groupKey') {
        const keyType = getNamedType(part.type) as GraphQLObjectType;
        const asked = makeMembers(parts, keyType, means.resource, context);
        asked.forEach((member) => locate(parts[0]!, () => checkGrouped(member, keys)));
        return { kind: 'object', key: alias, members: asked };
      }
      if (what?.kind !== 'measure') throw new Error(`${group.name}.${part.name} is no member of a group`);
      const node = parts[0]!;
      const given = getArgumentValues(part, node, context.operation.variables);
      const measure = locate(node, () => makeMeasure(what.measure, given, means, context.schema));
      const attribute = measureColumn(count(), measure.kind);
      add(alias, { measure, attribute });
      return { kind: 'attribute', key: alias, attribute };
    });
    return { kind: 'groups', key, members };
  });
}

/** A group has nothing in common but what it was made by. */
function checkGrouped(member: Output, keys: readonly StatsKey[]): void {
  if (member.kind !== 'attribute' && member.kind !== 'one') return;
  const { attribute } = member.kind === 'one' ? member.relation : member;
  if (attribute === pointersColumn) return;
  if (!keys.some((key) => keyColumn(key) === attribute.column))
    throw refuse('groupBy', `key.${member.key} is only there where the groups are made by it`);
}

function checkTimeZone(name: string | null): string | null {
  if (name === null || isTimeZone(name)) return name;
  throw refuse(
    'timeZone',
    `expected an IANA time zone such as America/New_York, found ${JSON.stringify(name.slice(0, 64))}`,
  );
}

function makeHaving(text: string, shape: Resource): StatsSelection['having'] {
  return text.trim() === '' ? everything : checkFilter(parseFilter(text), makeFindAttribute(shape));
}

function makeGroupSort(items: NonNullable<StatsArguments['sort']>, shape: Resource): readonly SortKey[] {
  const keys = items.map(({ pointer: text, order }): SortKey => {
    const pointer = parsePointer(text);
    if (pointer !== null) return { pointer, order: order ?? 'ASC' };
    throw new Problem(
      'INVALID_SORT',
      `sort: expected a pointer into a group such as /count, found ${JSON.stringify(text.slice(0, 64))}.`,
    );
  });
  return checkSort(keys, makeFindAttribute(shape));
}
