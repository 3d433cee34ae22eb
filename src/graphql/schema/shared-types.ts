/** The types that every resource uses alike. */
import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLString } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { point } from '../../fields/point.ts';
import type { Model } from '../../model.ts';
import type { TypeBook } from './type-book.ts';

export function defineShared(book: TypeBook, model: Model): void {
  defineMeta(book, model);
  definePages(book);
  definePoint(book);
  definePatches(book);
  defineVerdicts(book);
}

function defineMeta(book: TypeBook, { resources }: Model): void {
  // The envelope is the same for every resource, so any of them can lend its attributes.
  const attributes = resources[0]?.envelope.filter(({ path }) => path[0] === 'meta') ?? [];
  book.object('Meta', 'What the server knows of a row beside its data.', [
    {
      name: 'resource',
      type: GraphQLString,
      description: 'The resource, as in its REST address: `interactions`.',
      means: { kind: 'label' },
    },
    ...attributes.map((attribute) => ({
      name: attribute.path.at(-1)!,
      type: attribute.field.graphqlType() ?? GraphQLString,
      nullable: !attribute.required,
      description: attribute.field.description,
      means: { kind: 'attribute', attribute } as const,
    })),
  ]);
}

function definePages(book: TypeBook): void {
  book.object('PageInfo', 'Where a page lies in its list.', [
    ...(['hasNextPage', 'hasPreviousPage'] as const).map((kind) => ({
      name: kind,
      type: GraphQLBoolean,
      description: kind === 'hasNextPage' ? 'Whether rows follow.' : 'Whether rows were passed over.',
      means: { kind },
    })),
    ...(['startCursor', 'endCursor'] as const).map((kind) => ({
      name: kind,
      type: GraphQLString,
      nullable: true,
      description: `The cursor of the ${kind === 'startCursor' ? 'first' : 'last'} row; null on an empty page.`,
      means: { kind },
    })),
  ]);
  book.words('Deleted', 'Whether deleted rows are listed.', { EXCLUDE: 'exclude', INCLUDE: 'include', ONLY: 'only' });
  book.words('SortOrder', 'Ascending, with what is not set last; or descending, with it first.', {
    ASC: 'ASC',
    DESC: 'DESC',
  });
  book.input('SortBy', 'An order by any attribute, inside documents too.', [
    { name: 'pointer', type: GraphQLString, description: 'From the root of the row: `/data/profile/age`.' },
    { name: 'order', type: 'SortOrder', nullable: true, default: 'ASC', description: 'Which way.' },
  ]);
}

function definePoint(book: TypeBook): void {
  const { description, members, required } = point('A place on Earth in degrees (WGS 84).');
  const fields = Object.entries(members).map(([name, field]) => ({
    name,
    type: field.graphqlType()!,
    nullable: !required.includes(name),
    description: field.description,
  }));
  book.input('PointInput', description, fields);
}

function definePatches(book: TypeBook): void {
  const names = ['add', 'remove', 'replace', 'move', 'copy', 'test'];
  book.words('PatchOp', 'The operations of JSON Patch (RFC 6902).', Object.fromEntries(names.map((op) => [op, op])));
  book.input('JsonPatchOperation', 'One operation of a JSON Patch (RFC 6902). All of a patch is applied, or nothing.', [
    { name: 'op', type: 'PatchOp', description: 'What to do.' },
    {
      name: 'path',
      type: GraphQLString,
      description: 'A JSON Pointer into `data`: `/successful`, or `/data/successful`.',
    },
    { name: 'from', type: GraphQLString, nullable: true, description: 'Where `move` and `copy` take the value from.' },
    {
      name: 'value',
      type: GraphQLJSON,
      nullable: true,
      description: 'What `add`, `replace` and `test` need; null is a value. Choices are spelt with their hyphens.',
    },
  ]);
}

function defineVerdicts(book: TypeBook): void {
  book.words('OnError', 'What one failed item does to its batch: undo it all, or nothing to the others.', {
    ABORT: 'abort',
    CONTINUE: 'continue',
  });
  const outcomes = ['created', 'existing', 'changed', 'unchanged', 'removed', 'restored'];
  book.words(
    'Outcome',
    'What became of a change. EXISTING: a create found its row there already. UNCHANGED: a patch made no difference.',
    Object.fromEntries(outcomes.map((outcome) => [outcome.toUpperCase(), outcome])),
  );
  book.object('Fault', 'One thing that is wrong with an input.', [
    { name: 'pointer', type: GraphQLString, description: 'A JSON Pointer to the place.' },
    { name: 'message', type: GraphQLString, description: 'What was expected there.' },
  ]);
  book.object('Problem', 'Why a change was refused: the facts of an error, as a value.', [
    { name: 'code', type: GraphQLString, description: 'A permanent code to branch on.' },
    { name: 'status', type: GraphQLInt, description: 'The HTTP status that REST answers with.' },
    { name: 'title', type: GraphQLString, description: 'What the code means.' },
    { name: 'detail', type: GraphQLString, description: 'What was expected, what came, and where.' },
    { name: 'errors', type: 'Fault', list: true, nullable: true, description: 'The faults inside the input.' },
    { name: 'etag', type: GraphQLString, nullable: true, description: 'The current etag, where another one came.' },
  ]);
  for (const [name, description] of Object.entries({ Patch: 'A row to patch.', Delete: 'A row to delete.' })) {
    book.input(`${name}Item`, description, [
      { name: 'id', type: GraphQLID, description: 'The row.' },
      { name: 'etag', type: GraphQLString, description: 'Its current etag.' },
      ...(name === 'Patch'
        ? [{ name: 'patch', type: 'JsonPatchOperation', list: true, description: 'The operations, in order.' }]
        : []),
    ]);
  }
}
