/** Reading: selections in, JSON text out. The text is finished; whoever gets it frames it and sends it on. */
import { readableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Filter } from '../filter/tree.ts';
import { type Given, Late } from '../late.ts';
import type { Model, Resource } from '../model.ts';
import { Problem } from '../problem.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { RowBytes } from '../store/lines/line.ts';
import type { StopSignal } from '../stop.ts';
import { type GroupSets, makeGroupSets } from '../store/group-sets.ts';
import { name, type Sql, sql, type Statement } from '../store/sql.ts';
import { type AliasId, aliasQuestion } from './alias-question.ts';
import { ask, compile, type Compiled, makeCompiledQuestions } from './compiled.ts';
import { makeReadContext, type ReadContext } from './context.ts';
import { type ChangesQuestion, type ChangesRow, compileChanges } from './changes-sql.ts';
import { compileFilter } from './filter-sql.ts';
import { compilePage, compileRows } from './list-sql.ts';
import { compileNode } from './node-sql.ts';
import { compilePullState } from './pull-sql.ts';
import { makeQuietPulls, type Poll, type QuietState } from './quiet-pulls.ts';
import { compileRoots, type Root } from './roots-sql.ts';
import { shapeOf } from './scope-shape.ts';
import type { Deleted, ListSelection, Output, Spelling } from './selection.ts';

export interface PageText {
  /** The rows, joined by commas, in UTF-8, and how many they are. */
  readonly rows: Buffer;
  readonly count: number;
  /** The cursor of the last row when there is another page. */
  readonly next: string | null;
}

export interface AnswerOptions {
  readonly signal?: StopSignal | undefined;
  /** What comes late. */
  readonly given?: Given;
  /** For the read log. */
  readonly requestId?: string;
}

export interface ReadOptions extends AnswerOptions {
  /** A transaction to read in; the pool otherwise. */
  readonly within?: Queryable;
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

/** A row as it goes out: its text is not decoded on the way. */
export interface FoundRow {
  readonly id: string;
  readonly etag: string;
  readonly text: Buffer;
}

export interface Reader {
  readonly model: Model;
  /**
   * The text of an object with one member per root, in UTF-8, from one statement. Asked again, the same array is not
   * compiled again.
   */
  readRoots(viewer: Viewer, roots: readonly Root[], options?: AnswerOptions): Promise<Buffer>;
  /** The rows with these ids, by id; the ones the caller may not see are missing, unless they are `own`. */
  readRows(
    viewer: Viewer,
    question: RowsQuestion,
    ids: readonly string[],
    options?: ReadOptions,
  ): Promise<ReadonlyMap<string, RowText>>;
  /** The one row that satisfies the filter, null when the caller may see none. */
  findRow(viewer: Viewer, question: RowQuestion, options?: AnswerOptions): Promise<FoundRow | null>;
  /** The same ids, in place of those that clients chose for something that was there already the rows' own. */
  resolveAliases(viewer: Viewer, ids: readonly AliasId[]): Promise<readonly string[]>;
  /** What has changed behind a place, given as `seq`, `label`, `id` and `since`. */
  readChanges(viewer: Viewer, question: ChangesQuestion, options: AnswerOptions): Promise<ChangesRow>;
  /** One page in the spelling of REST. */
  readPage(viewer: Viewer, question: PageQuestion, options?: AnswerOptions): Promise<PageText>;
  /** Every row from a server-side cursor, in batches of texts; memory stays flat. */
  streamRows(viewer: Viewer, question: PageQuestion, options: AnswerOptions): AsyncIterable<readonly string[]>;
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
  const prepare = (compiled: Compiled, viewer: Viewer, given?: Given): Statement | Promise<Statement> => {
    const statement = ask(compiled, viewer, given);
    const storing = keepSets(compiled.scoped, viewer, groupSets);
    return storing === null ? statement : storing.then(() => statement);
  };
  const run = async (
    compiled: Compiled,
    viewer: Viewer,
    { signal, given }: AnswerOptions = {},
  ): Promise<RowBytes | null> => {
    const prepared = prepare(compiled, viewer, given);
    const rows = await database.read(prepared instanceof Promise ? await prepared : prepared, { signal });
    return rows[0] ?? null;
  };
  const isQuiet = async (viewer: Viewer, poll: Poll, known: QuietState, options?: AnswerOptions): Promise<boolean> => {
    const [seen] = (await run(snapshotQuestion, viewer, options))!;
    if (seen!.toString() === known.seen) return true;
    const { pull } = poll;
    const compiled = questions.get(pull, viewer, () =>
      compileFor(viewer, 'graphql', (context) => compilePullState(pull.collection, context)),
    );
    const now = readState((await run(compiled, viewer, options))!);
    if (now.state !== known.state) return false;
    poll.remember(now);
    return true;
  };
  return {
    model,
    async readRoots(viewer, roots, options) {
      const poll = quietPulls.find(viewer, roots, options?.given ?? {});
      const known = poll?.known ?? null;
      if (poll !== null && known !== null && (await isQuiet(viewer, poll, known, options))) {
        return Buffer.from(poll.emptyText);
      }
      const compiled = questions.get(roots, viewer, () =>
        compileFor(viewer, 'graphql', (context) => compileRoots(roots, context)),
      );
      const [text, expired, ...state] = (await run(compiled, viewer, options))!;
      if (expired?.toString() === isTrue) throw checkpointExpired();
      const isEmpty = poll !== null && text!.toString() === poll.emptyText;
      poll?.remember(isEmpty ? readState(state) : null);
      return text!;
    },
    async readRows(viewer, question, ids, options) {
      const compiled = questions.get(question, viewer, () =>
        compileFor(viewer, question.spelling, (context) => compileByIds(question, context)),
      );
      const statement = await prepare(compiled, viewer, { ...options?.given, ids });
      const { within, signal } = options ?? {};
      const found = await (within === undefined
        ? database.query<RowText & { id: string }>(statement, { signal })
        : within.query<RowText & { id: string }>(statement));
      return new Map(found.map(({ id, etag, text }) => [id, { etag, text }]));
    },
    async findRow(viewer, question, options) {
      const compiled = questions.get(question, viewer, () =>
        compileFor(viewer, question.spelling, (context) => compileByFilter(question, context)),
      );
      const row = await run(compiled, viewer, options);
      return row === null ? null : { id: row[0]!.toString(), etag: row[1]!.toString(), text: row[2]! };
    },
    async resolveAliases({ customerId }, ids) {
      const rows = await database.query<{ place: number; of: string }>(aliasQuestion(customerId, ids));
      const found = new Map(rows.map(({ place, of }) => [place, of]));
      return ids.map(({ id }, index) => found.get(index) ?? id);
    },
    async readChanges(viewer, question, options) {
      const compiled = questions.get(question, viewer, () =>
        compileFor(viewer, 'rest', (context) => compileChanges(question, context)),
      );
      const { given, signal } = options;
      const [row] = await database.query<ChangesRow>(await prepare(compiled, viewer, given), { signal });
      return row!;
    },
    async readPage(viewer, question, options) {
      const compiled = questions.get(question, viewer, () =>
        compileFor(viewer, 'rest', (context) => compilePage(question.list, question.members, context)),
      );
      const [rows, count, next] = (await run(compiled, viewer, options))!;
      return { rows: rows!, count: Number(count!.toString()), next: next?.toString() ?? null };
    },
    async *streamRows(viewer, { list, members }, { signal, given }) {
      const compiled = compileFor(viewer, 'rest', (context) => compileRows(list, members, context));
      yield* database.stream(await prepare(compiled, viewer, given), { signal });
    },
  };
}

function readState([state, seen]: RowBytes): QuietState {
  return { state: state!.toString(), seen: seen!.toString() };
}

/** As PostgreSQL writes it. */
const isTrue = 't';

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
