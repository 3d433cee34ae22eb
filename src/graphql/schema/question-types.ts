/** The ready questions of a resource as root fields: each has a type for its lines, which are flat. */
import { GraphQLID } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import type { Model, Resource } from '../../model.ts';
import { findNamed, makeQuestion } from '../../read/stats-question.ts';
import type { ReadyQuestion } from '../../ready-question.ts';
import { leafField, relationField } from './output-types.ts';
import type { TypeBook, ValueShape } from './type-book.ts';

export function defineQuestions(book: TypeBook, model: Model, resource: Resource): void {
  const defined = new Set<string>();
  for (const [name, ready] of Object.entries(resource.declaration.questions ?? {})) {
    const question = makeQuestion(resource, ready, model);
    if (!defined.has(ready.type)) defineLine(book, model, ready, question);
    defined.add(ready.type);
    const isList = Object.keys(ready.keys).length > 0;
    book.query({
      ...{ name, type: ready.type, list: isList, description: ready.description },
      arguments: questionArguments(resource, ready),
      means: { kind: 'question', question, ready },
    });
  }
}

function defineLine(
  book: TypeBook,
  model: Model,
  { type, description }: ReadyQuestion,
  { columns }: ReturnType<typeof makeQuestion>,
): void {
  const fields = columns.flatMap(({ name, description: about, attribute, relation }) => {
    const scalar = attribute.field.graphqlType() ?? GraphQLID;
    const field = { ...leafField(attribute, scalar), name, description: about };
    return relation === null ? [field] : [field, { ...relationField(model, relation), description: about }];
  });
  book.object(type, description, fields);
}

function questionArguments(resource: Resource, { within, may = [], during }: ReadyQuestion): readonly ValueShape[] {
  const id = (name: string): ValueShape => ({
    name,
    type: GraphQLID,
    description: findNamed(resource, name).field.description,
  });
  const moment = (name: string, description: string): ValueShape => ({
    ...{ name, type: GraphQLDateTimeISO, nullable: true, description },
  });
  return [
    ...within.map(id),
    ...may.map((name) => ({ ...id(name), nullable: true })),
    ...(during === undefined ? [] : [moment('since', 'From this moment on.'), moment('until', 'Before this moment.')]),
  ];
}
