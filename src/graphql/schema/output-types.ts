/** The envelope of a resource as object types: typed data, meta, and its relations beside them. */
import { GraphQLID, type GraphQLScalarType } from 'graphql';
import type { GroupField } from '../../fields/field.ts';
import { point } from '../../fields/point.ts';
import {
  type Attribute,
  type Decision,
  findAttribute,
  type Model,
  type Relation,
  type Resource,
  type RowsAttribute,
} from '../../model.ts';
import { pascalCase, withArticle } from '../../names.ts';
import { leafType } from './leaf-type.ts';
import { historyArguments } from './history-types.ts';
import { listArguments } from './list-types.ts';
import type { FieldShape, TypeBook } from './type-book.ts';

export function defineOutputs(book: TypeBook, model: Model, resource: Resource): void {
  const { typeName, declaration, envelope, relations, decisions } = resource;
  const top = envelope.filter(({ path }) => path.length === 1);
  book.object(typeName, declaration.description, [
    ...top.map((attribute) => leafField(attribute, attribute.field.graphqlType() ?? GraphQLID)),
    { name: 'data', type: `${typeName}Data`, description: 'Its own attributes.', means: { kind: 'object' } },
    { name: 'meta', type: 'Meta', description: 'Version, times and authors.', means: { kind: 'object' } },
    ...[...relations.values()].map((relation) => relationField(model, relation)),
    ...decisions.map((decision) => decisionField(model, decision)),
    historyField,
  ]);
  book.object(`${typeName}Data`, `The attributes of ${withArticle(resource.name)}.`, dataFields(book, model, resource));
}

const historyField: FieldShape = {
  name: 'history',
  type: 'HistoryEntry',
  list: true,
  nullable: true,
  description: 'What was changed of it, newest first. Null for whoever does not hold read@audit there.',
  arguments: historyArguments,
  means: { kind: 'history' },
};

export function leafField(attribute: Attribute, type: GraphQLScalarType | string): FieldShape {
  const { path, field, required } = attribute;
  const means = { kind: 'attribute', attribute } as const;
  return { name: path.at(-1)!, type, nullable: !required, description: field.description, means };
}

function dataFields(book: TypeBook, model: Model, resource: Resource): readonly FieldShape[] {
  const { declaration, rows, typeName } = resource;
  return Object.entries(declaration.fields).map(([name, field]): FieldShape => {
    const { description } = field;
    const nullable = !declaration.required.includes(name);
    switch (field.storage) {
      case 'column':
        return leafField(getAttribute(resource, ['data', name]), leafType(resource, [], name, field));
      case 'group': {
        const group = Object.keys(field.members).map((member) => getAttribute(resource, ['data', name, member]));
        const type = field.kind === 'point' ? 'Point' : `${typeName}Data${pascalCase(name)}`;
        if (field.kind !== 'point') defineGroup(book, resource, name, field);
        return { name, type, nullable, description, means: { kind: 'object', group } };
      }
      case 'rows': {
        const found = rows.find(({ path }) => path[1] === name)!;
        const means = { kind: 'rows', rows: found } as const;
        if (field.bare) return { name, type: GraphQLID, list: true, description, means };
        const type = `${typeName}Data${pascalCase(name)}Item`;
        const members = found.members.map((member) =>
          leafField(member, leafType(resource, [name, 'item'], member.path[0]!, member.field)),
        );
        book.object(type, description, [...members, ...itemRelations(model, found)]);
        return { name, type, list: true, description, means };
      }
    }
  });
}

function defineGroup(book: TypeBook, resource: Resource, name: string, field: GroupField): void {
  const members = Object.entries(field.members).map(([member, inner]) => ({
    ...leafField(getAttribute(resource, ['data', name, member]), leafType(resource, [name], member, inner)),
    nullable: !field.required.includes(member),
  }));
  book.object(`${resource.typeName}Data${pascalCase(name)}`, field.description, members);
}

/** Points of all resources share one type; which column a member has depends on the group it is read in. */
export function definePointOutput(book: TypeBook): void {
  const { description, members, required } = point('A place on Earth in degrees (WGS 84).');
  const fields = Object.entries(members).map(([name, field]) => ({
    name,
    type: field.graphqlType()!,
    nullable: !required.includes(name),
    description: field.description,
    means: { kind: 'member' } as const,
  }));
  book.object('Point', description, fields);
}

export function relationField(model: Model, relation: Relation): FieldShape {
  const { name } = relation;
  const target = model.get(relation.target);
  if (relation.kind === 'one') {
    const description = `${relation.attribute.field.description} Null when it is deleted or not yours to see.`;
    return { name, type: target.typeName, nullable: true, description, means: { kind: 'one', relation, target } };
  }
  const description =
    relation.kind === 'many' ? `The ${target.plural} that refer to it.` : `The ${target.plural} that it is linked to.`;
  const type = `${target.typeName}Connection`;
  return { name, type, description, arguments: listArguments(target), means: { kind: 'many', relation, target } };
}

/** What an item refers to: the household of a stop, the question of a survey. */
function itemRelations(model: Model, { members }: RowsAttribute): readonly FieldShape[] {
  return members.flatMap((attribute) => {
    const { reference } = attribute.field;
    if (reference === undefined) return [];
    const name = attribute.path[0]!.replace(/Id$/, '');
    return [relationField(model, { kind: 'one', name, target: reference.to, attribute })];
  });
}

function decisionField(model: Model, decision: Decision): FieldShape {
  const { name, rule, within } = decision;
  const target = model.get(decision.target);
  const rules = model.get(rule);
  const [argument] = within.path.slice(-1);
  return {
    name,
    type: target.typeName,
    nullable: true,
    description: `The ${target.name} of the first of the ${rules.plural} that fits, by ${decision.order.path.at(-1)}. Null where none does.`,
    arguments: [{ name: argument!, type: GraphQLID, description: `Whose ${rules.plural} decide.` }],
    means: { kind: 'decided', decision, target },
  };
}

function getAttribute(resource: Resource, path: readonly string[]): Attribute {
  const found = findAttribute(resource, path);
  if (found === null) throw new Error(`${resource.name} has no attribute ${path.join('.')}`);
  return found;
}
