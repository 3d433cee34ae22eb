/**
 * One item of a sort. It has one member, which code has to check: type-graphql knows no @oneOf. A list of items is what
 * keeps their order, since graphql-js puts the members of an input object into the order of the definition.
 */
import type { Attribute, Resource } from '../../model.ts';
import type { InputShape, TypeBook } from './type-book.ts';

/** Nobody sorts by the others, and `by` reaches them. */
const sortedEnvelope = ['id', 'created', 'createdBy', 'modified', 'modifiedBy'];

export function defineSort(book: TypeBook, resource: Resource): void {
  const { typeName, plural, envelope, attributes } = resource;
  const members = new Map<string, InputShape>();
  members.set('by', {
    name: 'by',
    type: 'SortBy',
    nullable: true,
    description: 'Any attribute, by its pointer.',
    means: { kind: 'sortBy' },
  });
  const offer = ({ path, field }: Attribute): void => {
    const name = path.at(-1)!;
    if (field.comparison === null || members.has(name)) return;
    const { description } = field;
    members.set(name, { name, type: 'SortOrder', nullable: true, description, means: { kind: 'sort', pointer: path } });
  };
  envelope.filter(({ path }) => sortedEnvelope.includes(path.at(-1)!)).forEach(offer);
  // Members of groups last: an attribute of the row itself has the better claim to the name.
  attributes.filter(({ path }) => path.length === 2).forEach(offer);
  attributes.filter(({ path }) => path.length > 2).forEach(offer);
  book.input(`${typeName}Sort`, `One step of the order of ${plural}: exactly one member.`, [...members.values()]);
}
