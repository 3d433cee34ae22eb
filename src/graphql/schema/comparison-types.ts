/** The filters of values that are not choices: one input for each comparison, with the operators that it takes. */
import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString, type GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';
import type { Comparison } from '../../fields/field.ts';
import type { InputShape, TypeBook } from './type-book.ts';

type Taken = Exclude<Comparison, 'Choice'>;

const scalars: Readonly<Record<Taken, GraphQLScalarType>> = {
  Id: GraphQLID,
  Text: GraphQLString,
  Int: GraphQLInt,
  Float: GraphQLFloat,
  Boolean: GraphQLBoolean,
  Date: GraphQLLocalDate,
  Timestamp: GraphQLDateTimeISO,
};

const equality = { eq: 'Equal; null finds what is not set.', neq: 'Not equal, or not set.' };
const order = { gt: 'Greater.', gte: 'Greater or equal.', lt: 'Less.', lte: 'Less or equal.' };
const lists = { in: 'One of these.', nin: 'None of these, or not set.' };
const between = { between: 'From the first to the second, both included.' };
const like = { like: 'Matches a pattern in which * stands for any text; upper and lower case differ.' };

function operatorsOf(comparison: Taken): Readonly<Record<string, string>> {
  if (comparison === 'Boolean') return { ...equality, ...lists };
  const ordered = { ...equality, ...order, ...lists, ...between };
  return comparison === 'Text' ? { ...ordered, ...like } : ordered;
}

export function defineComparisons(book: TypeBook): void {
  for (const [comparison, type] of Object.entries(scalars) as readonly [Taken, GraphQLScalarType][]) {
    const fields = Object.entries(operatorsOf(comparison)).map(([name, description]): InputShape => ({
      name,
      type,
      list: name === 'in' || name === 'nin' || name === 'between',
      nullable: true,
      description,
    }));
    book.input(`${comparison}Filter`, `Compares a value of type ${type.name}; several operators are ANDed.`, [
      ...fields,
      { name: 'isNull', type: GraphQLBoolean, nullable: true, description: 'Not set, or set.' },
    ]);
  }
}
