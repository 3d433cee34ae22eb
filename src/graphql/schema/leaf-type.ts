/** The GraphQL type of a value that has a column. A choice gets an enum of its own, named after where it stands. */
import { GraphQLBoolean } from 'graphql';
import type { LeafField } from '../../fields/field.ts';
import type { Resource } from '../../model.ts';
import { pascalCase, withArticle } from '../../names.ts';
import type { TypeBook, ValueShape } from './type-book.ts';

/** `within` are the names of the groups or rows around the member. */
export function leafType(
  resource: Resource,
  within: readonly string[],
  name: string,
  field: LeafField,
): ValueShape['type'] {
  return field.graphqlType() ?? choiceType(resource, within, name);
}

export function choiceType(resource: Resource, within: readonly string[], name: string): string {
  return [resource.typeName, ...within, name].map(pascalCase).join('');
}

/** The enums of a resource, with a filter for each. */
export function defineChoices(book: TypeBook, { typeName, declaration }: Resource): void {
  const define = (path: readonly string[], field: LeafField): void => {
    if (field.choices === undefined) return;
    const name = [typeName, ...path].map(pascalCase).join('');
    book.choice(name, field.description, field.choices);
    book.input(`${name}Filter`, `Compares ${withArticle(name)}.`, [
      { name: 'eq', type: name, nullable: true, description: 'Equal; null finds what is not set.' },
      { name: 'neq', type: name, nullable: true, description: 'Not equal, or not set.' },
      { name: 'in', type: name, list: true, nullable: true, description: 'One of these.' },
      { name: 'nin', type: name, list: true, nullable: true, description: 'None of these, or not set.' },
      { name: 'isNull', type: GraphQLBoolean, nullable: true, description: 'Not set, or set.' },
    ]);
  };
  for (const [name, field] of Object.entries(declaration.fields)) {
    if (field.storage === 'column') define([name], field);
    else {
      const within = field.storage === 'rows' ? [name, 'item'] : [name];
      for (const [member, inner] of Object.entries(field.members)) define([...within, member], inner);
    }
  }
}
