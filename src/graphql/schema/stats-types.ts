/**
 * What can be asked about many rows of a resource at once. What a group is made by is an argument (`groupBy`), and what
 * is measured of it are fields with arguments: an operation says with aliases what it calls them, the answer has the
 * types of the schema, and only what is asked for is reckoned.
 */
import { GraphQLFloat, GraphQLInt, type GraphQLScalarType, GraphQLString } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import type { Model, Relation, Resource } from '../../model.ts';
import { type Dimension, dimensionsOf, momentsOf, numbersOf } from '../../read/stats-dimensions.ts';
import { type AskedMeasure, pointersColumn } from '../../read/stats-selection.ts';
import { pageLimits } from '../page-limits.ts';
import { leafType } from './leaf-type.ts';
import { leafField, relationField } from './output-types.ts';
import type { FieldShape, TypeBook, ValueShape } from './type-book.ts';

export function defineStats(book: TypeBook, model: Model, resource: Resource): void {
  const { name, plural, typeName } = resource;
  const [dimensions, numbers, moments] = [dimensionsOf(resource), numbersOf(resource), momentsOf(resource)];
  const words = (type: string, description: string, names: Iterable<string>): void =>
    book.words(`${typeName}Stats${type}`, description, Object.fromEntries([...names].map((each) => [each, each])));
  words('Dimension', `What ${plural} can be grouped by.`, dimensions.keys());
  words('Moment', `The moments that ${plural} have.`, moments.keys());
  if (numbers.size > 0) words('Number', `The numbers that ${plural} have.`, numbers.keys());
  book.object(`${typeName}StatsKey`, `What the ${plural} of a group have in common: what they were grouped by.`, [
    ...[...dimensions.values()].map((dimension) => keyField(resource, dimension)),
    {
      ...{ name: 'pointers', type: GraphQLJSON, description: 'What stands at the `pointers`, in their order.' },
      means: { kind: 'attribute', attribute: pointersColumn },
    },
    ...relationsOf(model, resource).map((relation) => relationField(model, relation)),
  ]);
  book.object(`${typeName}StatsGroup`, `One group of ${plural}, and what is measured of it.`, [
    {
      ...{ name: 'key', type: `${typeName}StatsKey`, description: 'What they have in common.' },
      means: { kind: 'groupKey' },
    },
    ...measureFields(resource, numbers.size > 0),
  ]);
  book.object(`${typeName}Stats`, `Groups of ${plural}.`, [
    {
      ...{ name: 'groups', type: `${typeName}StatsGroup`, list: true, description: 'The groups of the page.' },
      means: { kind: 'groups' },
    },
    {
      ...{ name: 'groupCount', type: GraphQLInt, description: 'How many groups there are in all pages.' },
      means: { kind: 'groupCount' },
    },
  ]);
  book.query({
    name: `${name}Stats`,
    type: `${typeName}Stats`,
    description: `The ${plural} that are yours to see, in groups.`,
    arguments: statsArguments(resource),
    means: { kind: 'stats', resource, model },
  });
}

function keyField(resource: Resource, { name, of, attribute }: Dimension): FieldShape {
  const [, ...within] = of.path;
  const type =
    attribute.field.graphqlType() ?? leafType(resource, within.slice(0, -1), within.at(-1)!, attribute.field);
  return { ...leafField(attribute, type), name };
}

/** What a group can tell of a row that its key refers to; and of who made the rows. */
function relationsOf(model: Model, resource: Resource): readonly (Relation & { readonly kind: 'one' })[] {
  const named = [...resource.relations.values()].filter((relation) => relation.kind === 'one');
  if (!model.resources.some(({ name }) => name === 'user')) return named;
  const createdBy = resource.envelope.find(({ path }) => path.at(-1) === 'createdBy')!;
  return [...named, { kind: 'one', name: 'createdByUser', target: 'user', attribute: createdBy }];
}

function measureFields({ typeName }: Resource, hasNumbers: boolean): readonly FieldShape[] {
  const some: readonly ValueShape[] = [
    { name: 'filter', type: `${typeName}Filter`, nullable: true, description: 'Only of these, typed.' },
    { name: 'where', type: GraphQLString, nullable: true, description: 'Only of these, in the filter language.' },
  ];
  const of = (type: string): ValueShape => ({ name: 'of', type: `${typeName}Stats${type}`, description: 'Of what.' });
  const number: readonly ValueShape[] = [
    ...(hasNumbers ? [{ ...of('Number'), nullable: true }] : []),
    {
      name: 'pointer',
      type: GraphQLString,
      nullable: true,
      description: 'Of the number at a place in a document: `/data/profile/age`. What is no number there is left out.',
    },
  ];
  const at: ValueShape = { name: 'at', type: GraphQLFloat, description: 'From 0 to 1; 0.5 is the median.' };
  const field = (
    measure: AskedMeasure,
    type: GraphQLScalarType,
    description: string,
    given: readonly ValueShape[],
  ): FieldShape => ({
    ...{ name: measure, type, description, arguments: given, means: { kind: 'measure', measure } as const },
    nullable: type !== GraphQLInt,
  });
  return [
    field('count', GraphQLInt, 'How many there are.', some),
    field('share', GraphQLFloat, 'Which part of them is like this, from 0 to 1.', some),
    field('countDistinct', GraphQLInt, 'How many different values there are.', [of('Dimension'), ...some]),
    field('sum', GraphQLFloat, 'The sum.', number),
    field('average', GraphQLFloat, 'The arithmetic mean.', number),
    field('min', GraphQLFloat, 'The least.', number),
    field('max', GraphQLFloat, 'The greatest.', number),
    field('percentile', GraphQLFloat, 'The value below which that part lies, interpolated.', [at, ...number]),
    field('earliest', GraphQLDateTimeISO, 'The first moment.', [of('Moment')]),
    field('latest', GraphQLDateTimeISO, 'The last moment.', [of('Moment')]),
  ];
}

function statsArguments({ typeName, plural }: Resource): readonly ValueShape[] {
  const { unasked, largest } = pageLimits;
  const optional = (name: string, type: ValueShape['type'], description: string): ValueShape => ({
    ...{ name, type, description, nullable: true },
  });
  return [
    optional('filter', `${typeName}Filter`, 'Which rows, typed.'),
    optional('where', GraphQLString, 'Which rows, in the filter language. Both must hold.'),
    {
      ...optional('groupBy', `${typeName}StatsDimension`, `What makes a group; all ${plural} are one when left out.`),
      list: true,
    },
    {
      ...optional('pointers', GraphQLString, 'Places that make a group too: `/data/fields/party`.'),
      list: true,
    },
    optional(
      'timeZone',
      GraphQLString,
      "IANA name of the zone in which hours, days, weeks and months begin; the campaign's when left out.",
    ),
    optional(
      'having',
      GraphQLString,
      'Which groups, in the filter language, by what is asked of them: `/count gte 10 and /key/successful eq true`.',
    ),
    {
      ...optional('sort', 'SortBy', 'In which order, by what is asked of them: `/count`. The keys decide last.'),
      list: true,
    },
    optional('skip', GraphQLInt, 'How many groups to pass over.'),
    optional('limit', GraphQLInt, `How many groups at most: ${unasked} unless asked, ${largest} at the most.`),
    { ...optional('deleted', 'Deleted', 'Whether deleted rows count.'), default: 'exclude' },
  ];
}
