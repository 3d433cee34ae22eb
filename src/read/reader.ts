/** Reading: selections in, JSON text out. The text is finished; whoever gets it frames it and sends it on. */
import type { Viewer } from '../access/viewer.ts';
import type { Model, Resource } from '../model.ts';
import type { Database, Queryable } from '../store/database.ts';
import { name, raw, type Sql, sql } from '../store/sql.ts';
import { makeReadContext, type ReadContext } from './context.ts';
import { concatenate, objectPieces, orJsonNull, type Piece } from './json-text.ts';
import { compileList, compilePage, compileRows } from './list-sql.ts';
import { compileNode } from './node-sql.ts';
import type { Deleted, ListSelection, Output, Spelling } from './selection.ts';

/** One member of an answer's outermost object. */
export type Root =
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  | {
      readonly kind: 'one';
      readonly key: string;
      readonly resource: Resource;
      readonly id: string;
      readonly members: readonly Output[];
    }
  | { readonly kind: 'list'; readonly key: string; readonly list: ListSelection };

export interface PageText {
  /** The rows, joined by commas. */
  readonly rows: string;
  /** The cursor of the last row when there is another page. */
  readonly next: string | null;
}

export interface ReadOptions {
  /** A transaction to read in; the pool otherwise. */
  readonly within?: Queryable;
  readonly signal?: AbortSignal | undefined;
}

export interface RowsAsked {
  readonly resource: Resource;
  readonly ids: readonly string[];
  readonly members: readonly Output[];
  readonly spelling: Spelling;
  readonly deleted: Deleted;
  /** The caller has just written these rows, and gets them back without the permission to read others. */
  readonly own?: boolean;
}

export interface RowText {
  readonly etag: string;
  readonly text: string;
}

export interface Reader {
  readonly model: Model;
  /** An object with one member per root, in one statement. */
  readRoots(viewer: Viewer, roots: readonly Root[], options?: ReadOptions): Promise<string>;
  /** The rows with these ids, by id; the ones the caller may not see are missing, unless they are `own`. */
  readRows(viewer: Viewer, asked: RowsAsked, options?: ReadOptions): Promise<ReadonlyMap<string, RowText>>;
  /** One page in the spelling of REST. */
  readPage(viewer: Viewer, list: ListSelection, members: readonly Output[], options?: ReadOptions): Promise<PageText>;
  /** Every row from a server-side cursor, in batches of texts; memory stays flat. */
  streamRows(
    viewer: Viewer,
    list: ListSelection,
    members: readonly Output[],
    options: { readonly signal?: AbortSignal },
  ): AsyncIterable<readonly string[]>;
}

export function makeReader({ database, model }: { database: Database; model: Model }): Reader {
  const run = <Row>(statement: Sql, { within, signal }: ReadOptions = {}): Promise<readonly Row[]> =>
    within === undefined ? database.query<Row>(statement, { signal }) : within.query<Row>(statement);
  return {
    model,
    async readRoots(viewer, roots, options) {
      const context = makeReadContext(model, viewer, 'graphql', compileNode);
      const members = roots.map((root) => [root.key, rootText(root, context)] as const);
      const [row] = await run<{ text: string }>(sql`SELECT ${concatenate(objectPieces(members))} AS text`, options);
      return row!.text;
    },
    async readRows(viewer, { resource, ids, members, spelling, deleted, own = false }, options) {
      const context = makeReadContext(model, viewer, spelling, compileNode);
      const row = context.alias();
      const visible = own
        ? sql`${name(row, 'customer_id')} = ${context.customer}`
        : context.visible(resource, row, deleted);
      const found = await run<RowText & { id: string }>(
        sql`SELECT ${name(row, 'id')} AS id, ${name(row, 'etag')} AS etag, ${compileNode(members, resource, row, context)} AS text
          FROM ${name(resource.table)} ${name(row)}
          WHERE ${visible} AND ${name(row, 'id')} = ANY(${ids}::uuid[])`,
        options,
      );
      return new Map(found.map(({ id, etag, text }) => [id, { etag, text }]));
    },
    async readPage(viewer, list, members, options) {
      const context = makeReadContext(model, viewer, 'rest', compileNode);
      const [row] = await run<{ rows: string; next: string | null }>(compilePage(list, members, context), options);
      return row!;
    },
    streamRows(viewer, list, members, options) {
      const context = makeReadContext(model, viewer, 'rest', compileNode);
      return database.stream(compileRows(list, members, context), options);
    },
  };
}

function rootText(root: Root, context: ReadContext): readonly Piece[] {
  switch (root.kind) {
    case 'constant':
      return [root.json];
    case 'list': {
      const end = context.alias();
      const from = sql`${name(root.list.resource.table)} ${name(end)}`;
      return [compileList(root.list, end, { from, on: raw('true') }, context)];
    }
    case 'one': {
      const row = context.alias();
      const { resource, members, id } = root;
      return [
        orJsonNull(sql`(SELECT ${compileNode(members, resource, row, context)} FROM ${name(resource.table)} ${name(row)}
          WHERE ${context.visible(resource, row, 'exclude')} AND ${name(row, 'id')} = ${id}::uuid)`),
      ];
    }
  }
}
