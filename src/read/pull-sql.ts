/**
 * A page of a collection, as the text of a bulk: rows with tombstones in the order of (position, id), behind the
 * checkpoint, with every condition of scope before the limit, so that a page that is not full means: nothing else.
 *
 * What happened before the caller's rights last changed counts as happening then. A device that was there before is told
 * to begin anew, because nobody knows what it may have to forget; and one that does begins with all it may have.
 */
import { convert } from '../late.ts';
import type { Json } from '../json.ts';
import { Problem } from '../problem.ts';
import { join, name, parameter, type Parameter, raw, type Sql, sql } from '../store/sql.ts';
import { isUuid } from '../uuid.ts';
import { accessPosition, retentionHorizon } from './access-position.ts';
import type { Collection } from './collection.ts';
import { FromViewer } from './compiled.ts';
import type { ReadContext } from './context.ts';
import { documentText, compileFar } from './document-sql.ts';
import { concatenate, objectPieces, type Piece } from './json-text.ts';
import { latestOf } from './position.ts';
import { type BulkOutput, emptyCheckpoint, type PullSelection } from './pull-selection.ts';
import { compileReach, isVisible } from './reach-sql.ts';

export interface CompiledPull {
  readonly text: Sql;
  /** Whether the checkpoint is older than what is still known; null for a device that has none. */
  readonly isExpired: Sql | null;
  /** The columns of a QuietState. */
  readonly state: Sql;
}

export function compilePull(pull: PullSelection, context: ReadContext): CompiledPull {
  const { collection } = pull;
  const holder = parameter(new FromViewer(({ userId }) => userId));
  const access = accessPosition(sql`${context.customer}`, sql`${holder}::uuid`);
  const horizon = retentionHorizon(sql`${context.customer}`);
  const after = checkpointOf(pull);
  const page = pageRows(pull, holder, after, access, context);
  const members = pull.members.map((member, index) => [member.key, bulkText(member, index, after)] as const);
  return {
    // One text for any number of rows, also when no member has an aggregate.
    text: sql`(SELECT ${concatenate(objectPieces(members))} FROM ${page} page HAVING true)`,
    isExpired:
      after === null
        ? null
        : sql`(${after.syncSeq}::bigint <> 0 AND ${after.syncSeq}::bigint < greatest(${access}, ${horizon}))`,
    state: stateColumns(collection, context, holder),
  };
}

/** A statement of one QuietState: what the tables of the collection were like, and which transactions were over. */
export function compilePullState(collection: Collection, context: ReadContext): Sql {
  const holder = parameter(new FromViewer(({ userId }) => userId));
  return sql`SELECT ${stateColumns(collection, context, holder)}`;
}

/** The state is a number that stays the same as long as nothing has changed that a page follows from. */
function stateColumns({ steps, rows, fields, isReached }: Collection, context: ReadContext, holder: Parameter): Sql {
  const far = fields.flatMap(({ source }) =>
    source.kind === 'far' || source.kind === 'linked' ? [source.target.table] : [],
  );
  const tables = [...new Set([...steps.map(({ table }) => table), rows.table, ...far])];
  const customer = sql`${context.customer}`;
  const assigned = sql`(SELECT max(given.position) FROM walklist_assignments given
    WHERE given.customer_id = ${customer} AND given.user_id = ${holder}::uuid)`;
  const access = accessPosition(customer, sql`${holder}::uuid`);
  const horizon = retentionHorizon(customer);
  const latest = [latestOf(tables, customer), access, horizon, ...(isReached ? [assigned] : [])];
  return sql`greatest(${join(latest)})::text AS state, pg_current_snapshot()::text AS seen`;
}

interface After {
  readonly id: Parameter;
  readonly syncSeq: Parameter;
}

function checkpointOf({ checkpoint }: PullSelection): After | null {
  if (checkpoint === null) return null;
  return {
    id: parameter(convert(checkpoint.id, checkId)),
    syncSeq: parameter(convert(checkpoint.syncSeq, checkPosition)),
  };
}

function checkId(value: Json): Json {
  if (typeof value === 'string' && isUuid(value)) return value.toLowerCase();
  throw invalid('/checkpoint/id', 'expected the id of a checkpoint that this server gave, a UUID');
}

function checkPosition(value: Json): Json {
  if (typeof value === 'string' && /^\d{1,19}$/.test(value) && BigInt(value) < 2n ** 63n) return value;
  throw invalid('/checkpoint/syncSeq', 'expected the position of a checkpoint that this server gave, in digits');
}

function invalid(pointer: string, message: string): Problem {
  return new Problem('INVALID_INPUT', `${pointer.slice(1).replace('/', '.')}: ${message}.`, {
    errors: [{ pointer, message }],
  });
}

/** The rows of the page in order, each with its document, its position and its id. */
function pageRows(
  { collection, limit, members }: PullSelection,
  holder: Parameter,
  after: After | null,
  access: Sql,
  context: ReadContext,
): Sql {
  const { rows, own, isReached, fields } = collection;
  const [row, placed, picked] = [context.alias(), context.alias(), context.alias()];
  const reached = isReached ? compileReach(collection, row, holder, after?.syncSeq ?? null, context) : null;
  const far = compileFar(fields, row, context);
  const conditions = [
    isVisible(rows, row, context),
    ...(own === null ? [] : [sql`${name(row, own)} = ${holder}::uuid`]),
    // Who has nothing has nothing to forget.
    after === null
      ? sql`NOT ${name(row, 'is_deleted')}`
      : sql`(NOT ${name(row, 'is_deleted')} OR ${after.syncSeq}::bigint <> 0)`,
  ];
  const source = sql`${reached === null ? raw('') : sql`${reached.from} JOIN `}${name(rows.table)} ${name(row)}${
    reached === null ? raw('') : sql` ON ${reached.on}`
  }${join(
    far.map(({ from }) => from),
    '',
  )}`;
  const positions = [
    name(row, 'sync_seq'),
    ...(reached === null ? [] : [reached.moved]),
    ...far.map(({ position }) => position),
    access,
  ];
  const isAlive = sql`NOT ${name(row, 'is_deleted')}${reached === null ? raw('') : sql` AND ${reached.isAlive}`}`;
  const columns = [
    sql`${name(row)}.*`,
    sql`greatest(${join(positions)}) AS place_position`,
    sql`${isAlive} AS place_alive`,
    ...far.flatMap(({ columns: each }) => each),
  ];
  const behind =
    after === null
      ? raw('')
      : sql` WHERE (${name(placed, 'place_position')}, ${name(placed, 'id')}) > (${after.syncSeq}::bigint, ${after.id}::uuid)`;
  const documents = members.flatMap((member, index) =>
    member.kind === 'documents'
      ? [sql`${documentText(member.members, collection, picked, context)} AS ${raw(`text_${index}`)}`]
      : [],
  );
  return sql`(SELECT ${join([...documents, name(picked, 'place_position'), name(picked, 'id')])}
    FROM (SELECT ${name(placed)}.* FROM (SELECT ${join(columns)} FROM ${source} WHERE ${join(conditions, ' AND ')}) ${name(placed)}${behind}
      ORDER BY ${name(placed, 'place_position')}, ${name(placed, 'id')} LIMIT ${raw(String(limit))}) ${name(picked)})`;
}

function bulkText(member: BulkOutput, index: number, after: After | null): readonly Piece[] {
  switch (member.kind) {
    case 'constant':
      return [member.json];
    case 'documents':
      // A line of its own for each, as in lists: see countRows.
      return ['[', sql`coalesce(E'\\n' || string_agg(${raw(`text_${index}`)}, E'\\n,'), '')`, ']'];
    case 'checkpoint':
      return objectPieces(
        member.members.map((part): readonly [string, readonly Piece[]] => {
          switch (part.kind) {
            case 'constant':
              return [part.key, [part.json]];
            case 'id': {
              const given = after === null ? sql`${emptyCheckpoint.id}::uuid` : sql`${after.id}::uuid`;
              return [part.key, ['"', sql`coalesce((array_agg(id))[count(*)::int], ${given})::text`, '"']];
            }
            case 'syncSeq': {
              const given = after === null ? sql`${emptyCheckpoint.syncSeq}::bigint` : sql`${after.syncSeq}::bigint`;
              return [part.key, ['"', sql`coalesce(max(place_position), ${given})::text`, '"']];
            }
          }
        }),
      );
  }
}
