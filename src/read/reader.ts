/** Reading: selections in, JSON text out. The text is finished; whoever gets it frames it and sends it on. */
import { readableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Filter } from '../filter/tree.ts';
import { type Given, Late } from '../late.ts';
import type { Model, Resource } from '../model.ts';
import { Problem } from '../problem.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { StopSignal } from '../stop.ts';
import { type GroupSets, makeGroupSets } from '../store/group-sets.ts';
import { name, type Sql, sql } from '../store/sql.ts';
import { type AliasId, aliasQuestion } from './alias-question.ts';
import { ask, compile, type Compiled, makeCompiledQuestions } from './compiled.ts';
import { makeReadContext, type ReadContext } from './context.ts';
import { compileFilter } from './filter-sql.ts';
import { compilePage, compileRows } from './list-sql.ts';
import { compileNode } from './node-sql.ts';
import { compilePullState } from './pull-sql.ts';
import { makeQuietPulls, type Poll, type QuietState } from './quiet-pulls.ts';
import { compileRoots, type Root, type RootsRow } from './roots-sql.ts';
import { shapeOf } from './scope-shape.ts';
import type { Deleted, ListSelection, Output, Spelling } from './selection.ts';

export interface PageText {
  /** The rows, joined by commas, and how many they are. */
  readonly rows: string;
  readonly count: number;
  /** The cursor of the last row when there is another page. */
  readonly next: string | null;
}

export interface ReadOptions {
  /** A transaction to read in; the pool otherwise. */
  readonly within?: Queryable;
  readonly signal?: StopSignal | undefined;
  /** What comes late. */
  readonly given?: Given;
  /** For the read log. */
  readonly requestId?: string;
}

/** Asked again, the same object is not compiled again. */
export interface RowsQuestion {
  readonly resource: Resource;
  readonly members: readonly Output[];
  readonly spelling: Spelling;
  readonly deleted: Deleted;
  /** The caller has just written these rows, and gets them back without the permission to read others. */
  readonly own?: boolean;
}

/** Asked again, the same object is not compiled again. The values of the filter come late. */
export interface RowQuestion {
  readonly resource: Resource;
  readonly members: readonly Output[];
  readonly spelling: Spelling;
  readonly deleted: Deleted;
  /** True for one live row at most; of several deleted ones the last to change is meant. */
  readonly filter: Filter;
}

/** Asked again, the same object is not compiled again. The members of `list` are GraphQL's and stay empty. */
export interface PageQuestion {
  readonly list: ListSelection;
  readonly members: readonly Output[];
}

export interface RowText {
  readonly etag: string;
  readonly text: string;
}

export interface Reader {
  readonly model: Model;
  /** An object with one member per root, in one statement. Asked again, the same array is not compiled again. */
  readRoots(viewer: Viewer, roots: readonly Root[], options?: ReadOptions): Promise<string>;
  /** The rows with these ids, by id; the ones the caller may not see are missing, unless they are `own`. */
  readRows(
    viewer: Viewer,
    question: RowsQuestion,
    ids: readonly string[],
    options?: ReadOptions,
  ): Promise<ReadonlyMap<string, RowText>>;
  /** The one row that satisfies the filter, null when the caller may see none. */
  findRow(viewer: Viewer, question: RowQuestion, options?: ReadOptions): Promise<(RowText & { id: string }) | null>;
  /** The same ids, in place of those that clients chose for something that was there already the rows' own. */
  resolveAliases(viewer: Viewer, ids: readonly AliasId[]): Promise<readonly string[]>;
  /** One page in the spelling of REST. */
  readPage(viewer: Viewer, question: PageQuestion, options?: ReadOptions): Promise<PageText>;
  /** Every row from a server-side cursor, in batches of texts; memory stays flat. */
  streamRows(
    viewer: Viewer,
    question: PageQuestion,
    options: Pick<ReadOptions, 'signal' | 'given'>,
  ): AsyncIterable<readonly string[]>;
}

const snapshotQuestion = compile(sql`SELECT pg_current_snapshot()::text AS seen`, { steady: true, scoped: [] });

export function makeReader({ database, model }: { database: Database; model: Model }): Reader {
  const questions = makeCompiledQuestions();
  const groupSets = makeGroupSets(database);
  const quietPulls = makeQuietPulls();
  const compileFor = (viewer: Viewer, spelling: Spelling, write: (context: ReadContext) => Sql): Compiled => {
    const context = makeReadContext(model, viewer, spelling, compileNode);
    return compile(write(context), context);
  };
  const run = async <Row>(
    compiled: Compiled,
    viewer: Viewer,
    { within, signal, given }: ReadOptions = {},
  ): Promise<readonly Row[]> => {
    const statement = ask(compiled, viewer, given);
    const storing = keepSets(compiled.scoped, viewer, groupSets);
    if (storing !== null) await storing;
    return within === undefined ? database.query<Row>(statement, { signal }) : within.query<Row>(statement);
  };
  const isQuiet = async (viewer: Viewer, poll: Poll, known: QuietState, options?: ReadOptions): Promise<boolean> => {
    const [snapshot] = await run<Pick<QuietState, 'seen'>>(snapshotQuestion, viewer, options);
    if (snapshot!.seen === known.seen) return true;
    const { pull } = poll;
    const compiled = questions.get(pull, viewer, () =>
      compileFor(viewer, 'graphql', (context) => compilePullState(pull.collection, context)),
    );
    const [now] = await run<QuietState>(compiled, viewer, options);
    if (now!.state !== known.state) return false;
    poll.remember(now!);
    return true;
  };
  return {
    model,
    async readRoots(viewer, roots, options) {
      const poll = quietPulls.find(viewer, roots, options?.given ?? {});
      const known = poll?.known ?? null;
      if (poll !== null && known !== null && (await isQuiet(viewer, poll, known, options))) return poll.emptyText;
      const compiled = questions.get(roots, viewer, () =>
        compileFor(viewer, 'graphql', (context) => compileRoots(roots, context)),
      );
      const [row] = await run<RootsRow>(compiled, viewer, options);
      const { text, expired = false, state, seen } = row!;
      if (expired) throw checkpointExpired();
      poll?.remember(text === poll.emptyText ? { seen: seen!, state: state! } : null);
      return text;
    },
    async readRows(viewer, question, ids, options) {
      const compiled = questions.get(question, viewer, () =>
        compileFor(viewer, question.spelling, (context) => compileByIds(question, context)),
      );
      const given = { ...options?.given, ids };
      const found = await run<RowText & { id: string }>(compiled, viewer, { ...options, given });
      return new Map(found.map(({ id, etag, text }) => [id, { etag, text }]));
    },
    async findRow(viewer, question, options) {
      const compiled = questions.get(question, viewer, () =>
        compileFor(viewer, question.spelling, (context) => compileByFilter(question, context)),
      );
      const [row] = await run<RowText & { id: string }>(compiled, viewer, options);
      return row ?? null;
    },
    async resolveAliases({ customerId }, ids) {
      const rows = await database.query<{ place: number; of: string }>(aliasQuestion(customerId, ids));
      const found = new Map(rows.map(({ place, of }) => [place, of]));
      return ids.map(({ id }, index) => found.get(index) ?? id);
    },
    async readPage(viewer, question, options) {
      const compiled = questions.get(question, viewer, () =>
        compileFor(viewer, 'rest', (context) => compilePage(question.list, question.members, context)),
      );
      const [row] = await run<PageText>(compiled, viewer, options);
      return row!;
    },
    async *streamRows(viewer, { list, members }, { signal, given }) {
      const compiled = compileFor(viewer, 'rest', (context) => compileRows(list, members, context));
      await keepSets(compiled.scoped, viewer, groupSets);
      yield* database.stream(ask(compiled, viewer, given), { signal });
    },
  };
}

function checkpointExpired(): Problem {
  return new Problem(
    'SYNC_CHECKPOINT_EXPIRED',
    'The checkpoint is older than what is still known of deleted rows, or than your rights. Send what you have to send, ' +
      'forget what you were told, and begin without a checkpoint.',
  );
}

/** Stores the sets of groups that a statement about these resources asks for; null when they all are. */
export function keepSets(scoped: Iterable<Resource>, viewer: Viewer, sets: GroupSets): Promise<unknown> | null {
  let storing: Promise<unknown> | null = null;
  for (const resource of scoped) {
    const groups = readableGroups(viewer, resource);
    if (groups === 'all' || shapeOf(groups) !== 'many') continue;
    const one = sets.keep(groups);
    if (one !== null) storing = Promise.all([storing, one]);
  }
  return storing;
}

function compileByIds({ resource, members, deleted, own = false }: RowsQuestion, context: ReadContext): Sql {
  const row = context.alias();
  const visible = own
    ? sql`${name(row, 'customer_id')} = ${context.customer}`
    : context.visible(resource, row, deleted);
  return sql`SELECT ${name(row, 'id')} AS id, ${name(row, 'etag')} AS etag, ${context.compileNode(members, resource, row, context)} AS text
    FROM ${name(resource.table)} ${name(row)}
    WHERE ${visible} AND ${name(row, 'id')} = ANY(${Late.value('ids')}::uuid[])`;
}

function compileByFilter({ resource, members, deleted, filter }: RowQuestion, context: ReadContext): Sql {
  const row = context.alias();
  return sql`SELECT ${name(row, 'id')} AS id, ${name(row, 'etag')} AS etag, ${context.compileNode(members, resource, row, context)} AS text
    FROM ${name(resource.table)} ${name(row)}
    WHERE ${context.visible(resource, row, deleted)} AND ${compileFilter(filter, resource, row, context)}
    ORDER BY ${name(row, 'is_deleted')}, ${name(row, 'sync_seq')} DESC LIMIT 1`;
}
