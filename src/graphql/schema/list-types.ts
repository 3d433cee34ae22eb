/** Connections: a page of rows, with what is needed to ask for the next one. */
import { GraphQLInt, GraphQLString } from 'graphql';
import type { Resource } from '../../model.ts';
import { pageLimits } from '../page-limits.ts';
import type { FieldShape, TypeBook, ValueShape } from './type-book.ts';

export function defineConnection(book: TypeBook, { typeName, plural }: Resource): void {
  const fields: readonly FieldShape[] = [
    { name: 'nodes', type: typeName, list: true, description: 'The rows.', means: { kind: 'nodes' } },
    {
      name: 'edges',
      type: `${typeName}Edge`,
      list: true,
      description: 'The rows, each with its cursor.',
      means: { kind: 'edges' },
    },
    { name: 'pageInfo', type: 'PageInfo', description: 'Where the page lies.', means: { kind: 'pageInfo' } },
    {
      name: 'totalCount',
      type: GraphQLInt,
      description: 'How many rows there are in all pages; they are counted only when this is asked for.',
      means: { kind: 'totalCount' },
    },
  ];
  book.object(`${typeName}Connection`, `A page of ${plural}.`, fields);
  book.object(`${typeName}Edge`, `One of the ${plural} of a page.`, [
    {
      name: 'cursor',
      type: GraphQLString,
      description: 'Its place in the list, for `after`.',
      means: { kind: 'cursor' },
    },
    { name: 'node', type: typeName, description: 'The row.', means: { kind: 'node' } },
  ]);
}

export function listArguments({ typeName }: Resource): readonly ValueShape[] {
  const { unasked, largest } = pageLimits;
  return [
    { name: 'filter', type: `${typeName}Filter`, nullable: true, description: 'Which rows, typed.' },
    {
      name: 'where',
      type: GraphQLString,
      nullable: true,
      description: 'Which rows, in the filter language: `/data/profile/age gte 65 and …`. Both must hold.',
    },
    {
      name: 'sort',
      type: `${typeName}Sort`,
      list: true,
      nullable: true,
      description: 'In which order; the id decides last.',
    },
    { name: 'skip', type: GraphQLInt, nullable: true, description: 'How many rows to pass over.' },
    {
      name: 'limit',
      type: GraphQLInt,
      nullable: true,
      description: `How many rows at most: ${unasked} unless asked, ${largest} at the most.`,
    },
    { name: 'after', type: GraphQLString, nullable: true, description: 'The cursor of the row after which to begin.' },
    {
      name: 'deleted',
      type: 'Deleted',
      nullable: true,
      default: 'exclude',
      description: 'Whether deleted rows count.',
    },
  ];
}
