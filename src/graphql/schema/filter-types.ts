/**
 * The typed filter of a resource: one member for each thing that can be asked. A relation has the first claim to a
 * name, then the envelope, then attributes; what finds its name taken is still within reach of `where`.
 */
import { GraphQLBoolean } from 'graphql';
import type { GroupField, LeafField } from '../../fields/field.ts';
import { point } from '../../fields/point.ts';
import type { Pointer } from '../../filter/pointer.ts';
import type { Model, Relation, Resource } from '../../model.ts';
import { pascalCase, withArticle } from '../../names.ts';
import { choiceType } from './leaf-type.ts';
import type { InputShape, TypeBook } from './type-book.ts';

/** Of the envelope, what somebody would look for: the others are the same for all rows, or have arguments of their own. */
const askedOfEnvelope = ['id', 'securityGroupId', 'created', 'createdBy', 'modified', 'modifiedBy'];

export function defineFilters(book: TypeBook, model: Model, resource: Resource): void {
  const { typeName, plural, declaration, envelope, relations } = resource;
  const type = `${typeName}Filter`;
  const members = new Map<string, InputShape>();
  const offer = (shape: InputShape | null): boolean => {
    if (shape === null || members.has(shape.name)) return false;
    members.set(shape.name, shape);
    return true;
  };
  offer({ name: 'and', type, list: true, nullable: true, description: 'All of these.', means: { kind: 'every' } });
  offer({ name: 'or', type, list: true, nullable: true, description: 'Any of these.', means: { kind: 'any' } });
  offer({
    name: 'not',
    type,
    nullable: true,
    description: 'Every row that this does not find.',
    means: { kind: 'not' },
  });
  for (const relation of relations.values()) offer(relatedFilter(model, relation));
  for (const attribute of envelope) {
    if (askedOfEnvelope.includes(attribute.path.at(-1)!))
      offer(leafFilter(resource, [], attribute.path, attribute.field));
  }
  for (const [name, field] of Object.entries(declaration.fields)) {
    if (field.storage === 'column') offer(leafFilter(resource, [], ['data', name], field));
    if (field.storage !== 'group') continue;
    const isOffered = offer(groupFilter(resource, name, field));
    if (isOffered && field.kind === 'group') defineGroupFilter(book, resource, name, field);
    // Behind a relation of the same name, the members stand beside it.
    for (const [member, inner] of isOffered ? [] : Object.entries(field.members)) {
      offer(leafFilter(resource, [name], ['data', name, member], inner));
    }
  }
  book.input(type, `Finds ${plural}. Several members are ANDed.`, [...members.values()]);
  book.input(`${typeName}RelationFilter`, `Asks for ${plural} at the other end of a relation.`, [
    { name: 'some', type, nullable: true, description: 'There is one like this.' },
    { name: 'none', type, nullable: true, description: 'There is none like this.' },
  ]);
}

function relatedFilter(model: Model, relation: Relation): InputShape {
  const target = model.get(relation.target);
  const means = { kind: 'related', relation, target } as const;
  const one = relation.kind === 'one';
  const type = `${target.typeName}${one ? 'Filter' : 'RelationFilter'}`;
  const description = one ? `It has ${withArticle(target.name)} like this.` : `Its ${target.plural}.`;
  return { name: relation.name, type, nullable: true, description, means };
}

function leafFilter(
  resource: Resource,
  within: readonly string[],
  pointer: Pointer,
  field: LeafField,
): InputShape | null {
  const { comparison, description } = field;
  if (comparison === null) return null;
  const name = pointer.at(-1)!;
  const type = `${comparison === 'Choice' ? choiceType(resource, within, name) : comparison}Filter`;
  return { name, type, nullable: true, description, means: { kind: 'compare', pointer, comparison } };
}

function groupFilter({ typeName }: Resource, name: string, { kind, description }: GroupField): InputShape {
  const type = kind === 'point' ? 'PointFilter' : `${typeName}Filter${pascalCase(name)}`;
  return { name, type, nullable: true, description, means: { kind: 'members', pointer: ['data', name] } };
}

function defineGroupFilter(book: TypeBook, resource: Resource, name: string, field: GroupField): void {
  const type = `${resource.typeName}Filter${pascalCase(name)}`;
  book.input(
    type,
    field.description,
    membersOf(field, (member, inner) => leafFilter(resource, [name], [member], inner)),
  );
}

/** Pointers inside a group begin at the group, so that points everywhere can share one filter. */
export function definePointFilter(book: TypeBook, { resources: [resource] }: Model): void {
  const field = point('A place on Earth in degrees (WGS 84).');
  const members = membersOf(field, (member, inner) => leafFilter(resource!, [], [member], inner));
  book.input('PointFilter', field.description, members);
}

function membersOf(
  { members }: GroupField,
  filter: (member: string, field: LeafField) => InputShape | null,
): readonly InputShape[] {
  const shapes = Object.entries(members).map(([member, field]) => filter(member, field));
  return [
    ...shapes.filter((shape) => shape !== null),
    { name: 'isNull', type: GraphQLBoolean, nullable: true, description: 'Nothing of it is set, or something is.' },
  ];
}
