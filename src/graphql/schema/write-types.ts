/** The inputs of a resource and the mutations over them. A resource that nobody writes has none. */
import { GraphQLID, GraphQLString } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import type { Field } from '../../fields/field.ts';
import type { Model, Resource } from '../../model.ts';
import { pascalCase, withArticle } from '../../names.ts';
import type { Verb } from '../meaning.ts';
import { leafType } from './leaf-type.ts';
import type { FieldShape, InputShape, TypeBook, ValueShape } from './type-book.ts';

const chosenId = {
  name: 'id',
  type: GraphQLID,
  nullable: true,
  description: 'A UUID of your own; made when left out.',
};
const chosenGroup = {
  name: 'securityGroupId',
  type: GraphQLID,
  nullable: true,
  description: 'The group the row goes to; found when left out.',
};
const params = { name: 'params', type: GraphQLJSON, nullable: true, description: 'What comes beside the data.' };
const id = { name: 'id', type: GraphQLID, description: 'The row.' };
const etag = { name: 'etag', type: GraphQLString, description: 'Its current etag.' };
const patch = { name: 'patch', type: 'JsonPatchOperation', list: true, description: 'The operations, in order.' };
const onError = {
  name: 'onError',
  type: 'OnError',
  nullable: true,
  default: 'abort',
  description: 'What one failed item does to the others.',
};

export function defineWrites(book: TypeBook, model: Model, resource: Resource): void {
  const { typeName, name, plural, declaration } = resource;
  if (declaration.readOnly === true) return;
  const input = { name: 'input', type: `${typeName}Input`, description: 'Its attributes.' };
  book.input(`${typeName}Input`, `The attributes of a new ${name}.`, inputFields(book, model, resource));
  book.input(`${typeName}Create`, `A new ${name} of a batch.`, [input, chosenId, chosenGroup, params]);
  book.object(`${typeName}Verdict`, 'What became of one item of a batch.', [
    { name: 'outcome', type: 'Outcome', nullable: true, description: 'What was done; null when it was refused.' },
    {
      name,
      type: typeName,
      nullable: true,
      description: 'The row as it is now; null when it was refused, or is not yours to read.',
      means: { kind: 'written', resource },
    },
    { name: 'problem', type: 'Problem', nullable: true, description: 'Why it was refused.' },
  ]);
  const one = (verb: Verb, does: string, description: string, given: readonly ValueShape[]): FieldShape => ({
    name: `${does}${typeName}`,
    type: typeName,
    description,
    arguments: given,
    means: { kind: 'write', verb, resource, batch: false },
  });
  book.mutation(
    one('create', 'create', `Makes ${withArticle(name)}, or answers with the one there is.`, [
      input,
      chosenId,
      chosenGroup,
      params,
    ]),
  );
  const actions = Object.keys(declaration.hooks?.actions ?? {});
  const action = { ...params, description: `An action (${actions.join(', ')}) instead of operations, or after them.` };
  book.mutation(
    one('patch', 'patch', `Changes ${withArticle(name)} that has not changed since its etag was read.`, [
      id,
      etag,
      patch,
      ...(actions.length === 0 ? [] : [action]),
    ]),
  );
  book.mutation(one('remove', 'delete', `Deletes ${withArticle(name)}. It can be restored.`, [id, etag]));
  book.mutation(one('restore', 'restore', `Brings a deleted ${name} back.`, [id, etag]));
  const many = (verb: Verb, does: string, item: string): FieldShape => ({
    name: `${does}${pascalCase(plural)}`,
    type: `${typeName}Verdict`,
    list: true,
    description: `The same for 1 to 1,000 ${plural}; each verdict stands where its item stood.`,
    arguments: [{ name: 'items', type: item, list: true, description: 'What to do, in order.' }, onError],
    means: { kind: 'write', verb, resource, batch: true },
  });
  book.mutation(many('create', 'create', `${typeName}Create`));
  book.mutation(many('patch', 'patch', 'PatchItem'));
  book.mutation(many('remove', 'delete', 'DeleteItem'));
}

function inputFields(book: TypeBook, model: Model, resource: Resource): readonly InputShape[] {
  const { declaration } = resource;
  const { embeds = [], readOnly = [], required } = declaration;
  return Object.entries(declaration.fields).flatMap(([name, field]): readonly InputShape[] => {
    if (readOnly !== true && readOnly.includes(name)) return [];
    // What has a default or may come embedded is required of the row, not of the caller.
    const isAsked = required.includes(name) && !hasDefault(field) && !embeds.includes(name);
    const shape = { ...inputField(book, resource, name, field), nullable: !isAsked };
    const target = field.storage === 'column' ? field.reference?.to : undefined;
    if (!embeds.includes(name) || target === undefined) return [shape];
    const whole = model.get(target);
    const description = `A new ${whole.name} in place of ${name}, or the same one that is there.`;
    return [shape, { name: name.replace(/Id$/, ''), type: `${whole.typeName}Input`, nullable: true, description }];
  });
}

function hasDefault(field: Field): boolean {
  return field.storage !== 'group' && field.default !== undefined;
}

function inputField(book: TypeBook, resource: Resource, name: string, field: Field): InputShape {
  const { description } = field;
  if (field.storage === 'column') return { name, type: leafType(resource, [], name, field), description };
  if (field.kind === 'point') return { name, type: 'PointInput', description };
  if (field.kind === 'rows' && field.bare) return { name, type: GraphQLID, list: true, description };
  const isRows = field.kind === 'rows';
  const type = `${resource.typeName}Input${pascalCase(name)}${isRows ? 'Item' : ''}`;
  const members = Object.entries(field.members).map(([member, inner]) => ({
    name: member,
    type: leafType(resource, isRows ? [name, 'item'] : [name], member, inner),
    nullable: !field.required.includes(member) || hasDefault(inner),
    description: inner.description,
  }));
  book.input(type, description, members);
  return { name, type, list: isRows, description };
}
