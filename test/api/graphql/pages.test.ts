import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorld, type World } from '../../world.ts';
import { type Ask, dataOf, makeAsk } from './ask.ts';

let world: World;
let ask: Ask;

beforeAll(async () => {
  world = await makeWorld();
  ask = makeAsk(world);
});
afterAll(() => world.close());

interface Notes {
  readonly notes: {
    readonly nodes: readonly { readonly id: string; readonly data: { readonly text: string } }[];
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
    readonly totalCount: number;
  };
}

const query = `query ($contactId: ID!, $sort: [NoteSort!], $limit: Int, $after: String, $skip: Int) {
  notes(filter: { contactId: { eq: $contactId } }, sort: $sort, limit: $limit, after: $after, skip: $skip) {
    nodes { id data { text } }
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  } }`;

/** A contact of its own with these notes. */
async function takeNotes(...texts: readonly string[]): Promise<string> {
  const { id } = await world.create('alice', 'contact', {
    externalId: `notes-${texts.join()}`,
    primaryHouseholdId: null,
  });
  for (const text of texts) await world.create('alice', 'note', { contactId: id, text });
  return id;
}

test('a connection tells its cursors, its place and its total', async () => {
  const contactId = await takeNotes('a', 'b', 'c');
  const sort = [{ text: 'ASC' }];
  const { notes } = await dataOf<Notes>(ask('alice', query, { contactId, sort, limit: 2 }));
  expect(notes.nodes.map(({ data }) => data.text)).toEqual(['a', 'b']);
  expect(notes.edges.map(({ node }) => node.id)).toEqual(notes.nodes.map(({ id }) => id));
  expect(notes.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: notes.edges[0]!.cursor,
    endCursor: notes.edges[1]!.cursor,
  });
  expect(notes.totalCount).toBe(3);
  const rest = await dataOf<Notes>(ask('alice', query, { contactId, sort, after: notes.pageInfo.endCursor }));
  expect(rest.notes.nodes.map(({ data }) => data.text)).toEqual(['c']);
  expect(rest.notes).toMatchObject({ pageInfo: { hasNextPage: false, hasPreviousPage: true }, totalCount: 3 });
});

test('an empty page has no cursors', async () => {
  const contactId = await takeNotes();
  expect(await dataOf(ask('alice', query, { contactId }))).toEqual({
    notes: {
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      totalCount: 0,
    },
  });
});

test('pages by cursor hold each row once, and new rows where they belong, while rows are added', async () => {
  const contactId = await takeNotes('b', 'd', 'f', 'h', 'j');
  const seen: string[] = [];
  let after: string | null = null;
  for (const added of ['a', 'i', 'z']) {
    const { notes }: Notes = await dataOf<Notes>(
      ask('alice', query, { contactId, sort: [{ text: 'ASC' }], limit: 2, after }),
    );
    seen.push(...notes.nodes.map(({ data }) => data.text));
    after = notes.pageInfo.endCursor;
    await world.create('alice', 'note', { contactId, text: added });
  }
  expect(seen).toEqual(['b', 'd', 'f', 'h', 'i', 'j']);
});

test('rows with equal sort values are told apart by their id', async () => {
  const contactId = await takeNotes('same', 'same', 'same');
  const seen = new Set<string>();
  let after: string | null = null;
  for (let page = 0; page < 3; page++) {
    const { notes }: Notes = await dataOf<Notes>(
      ask('alice', query, { contactId, sort: [{ text: 'DESC' }], limit: 1, after }),
    );
    seen.add(notes.nodes[0]!.id);
    after = notes.pageInfo.endCursor;
  }
  expect(seen.size).toBe(3);
});

test('skip counts from the cursor', async () => {
  const contactId = await takeNotes('a', 'b', 'c', 'd');
  const sort = [{ text: 'ASC' }];
  const { notes } = await dataOf<Notes>(ask('alice', query, { contactId, sort, limit: 1 }));
  const after = notes.pageInfo.endCursor;
  const next = await dataOf<Notes>(ask('alice', query, { contactId, sort, after, skip: 1 }));
  expect(next.notes.nodes.map(({ data }) => data.text)).toEqual(['c', 'd']);
});

test('deleted rows are listed, counted and related only where they are asked for', async () => {
  const contactId = await takeNotes('kept', 'gone');
  const { notes } = await dataOf<Notes>(ask('alice', query, { contactId, sort: [{ text: 'ASC' }] }));
  await world.change('alice', 'note', { kind: 'remove', id: notes.nodes[0]!.id, etags: '*' });
  const asked = `query ($id: ID!, $filter: NoteFilter) {
    contact(id: $id) {
      plain: notes { totalCount }
      exclude: notes(deleted: EXCLUDE) { nodes { data { text } } }
      include: notes(deleted: INCLUDE, sort: [{ text: ASC }]) { nodes { data { text } meta { isDeleted } } }
      only: notes(deleted: ONLY) { nodes { data { text } } totalCount }
    }
    notes(filter: $filter, deleted: ONLY) { totalCount }
  }`;
  const filter = { contactId: { eq: contactId } };
  expect(await dataOf(ask('alice', asked, { id: contactId, filter }))).toEqual({
    contact: {
      plain: { totalCount: 1 },
      exclude: { nodes: [{ data: { text: 'kept' } }] },
      include: {
        nodes: [
          { data: { text: 'gone' }, meta: { isDeleted: true } },
          { data: { text: 'kept' }, meta: { isDeleted: false } },
        ],
      },
      only: { nodes: [{ data: { text: 'gone' } }], totalCount: 1 },
    },
    notes: { totalCount: 1 },
  });
});

test('lists inside lists have their own filter, sort and page for each row', async () => {
  const [first, second] = [await takeNotes('m', 'n', 'o'), await takeNotes('p', 'q')];
  const asked = `query ($ids: [ID!]) {
    contacts(filter: { id: { in: $ids } }, sort: [{ externalId: ASC }]) {
      nodes {
        notes(sort: [{ text: DESC }], limit: 2, where: "/data/text neq \\"o\\"") {
          nodes { data { text } contact { id } }
          pageInfo { hasNextPage }
          totalCount
        }
      }
    } }`;
  const note = (text: string, id: string) => ({ data: { text }, contact: { id } });
  expect(await dataOf(ask('alice', asked, { ids: [first, second] }))).toEqual({
    contacts: {
      nodes: [
        { notes: { nodes: [note('n', first), note('m', first)], pageInfo: { hasNextPage: false }, totalCount: 2 } },
        { notes: { nodes: [note('q', second), note('p', second)], pageInfo: { hasNextPage: false }, totalCount: 2 } },
      ],
    },
  });
});

test('a list holds what its reader may see, and counts no more', async () => {
  await takeNotes('secret');
  const count = '{ notes { totalCount nodes { id } } }';
  expect(await dataOf(ask('chelsea', count))).toEqual({ notes: { totalCount: 0, nodes: [] } });
  expect(await dataOf(ask('dora', count))).toEqual({ notes: { totalCount: 0, nodes: [] } });
});

test('a question that could read a billion rows is refused before it runs, and says how to ask for less', async () => {
  const inner =
    '{ nodes { contact { interactions(limit: 1000) { nodes { contact { interactions(limit: 1000) { nodes { id } } } } } } } }';
  const { errors } = await ask('alice', `{ interactions(limit: 1000) ${inner} }`);
  expect(errors).toMatchObject([{ extensions: { code: 'TOO_COSTLY', status: 400 } }]);
  expect(errors![0]!.message).toContain('Ask for smaller pages');
  const fewer = await ask('alice', `{ interactions(limit: 10) ${inner.replaceAll('1000', '100')} }`);
  expect(fewer.errors).toBeUndefined();
});
