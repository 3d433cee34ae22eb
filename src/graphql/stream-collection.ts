/** One subscription: pages of a collection, each when the one before has been sent, for as long as somebody listens. */
import {
  type ExecutionArgs,
  type ExecutionResult,
  type FragmentDefinitionNode,
  getNamedType,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLObjectType,
  Kind,
} from 'graphql';
import type { Viewer } from '../access/viewer.ts';
import type { BulkReads } from '../audit/bulk-reads.ts';
import type { JsonObject } from '../json.ts';
import { Late } from '../late.ts';
import type { Log } from '../log.ts';
import { Problem } from '../problem.ts';
import { countRows } from '../read/list-sql.ts';
import type { Reader } from '../read/reader.ts';
import type { Root } from '../read/roots-sql.ts';
import { makeStop, type StopSignal } from '../stop.ts';
import type { Wake } from '../sync/wake.ts';
import { factsOf } from './errors.ts';
import { collectFields } from './selection/collect-fields.ts';
import { makeBulkMembers } from './selection/make-pull.ts';

export interface StreamOptions {
  readonly reader: Reader;
  readonly wake: Wake;
  readonly bulkReads: BulkReads;
  readonly log: Log;
  /** The position behind which the stream begins. */
  readonly from: string;
  /** Asked before each page: tokens run out, and rights go. */
  readonly findViewer: () => Promise<Viewer>;
  /** Breaks the connection off, for a client that has to come again. */
  readonly cut: () => void;
  /** Called once, when nothing more comes. */
  readonly onEnd: () => void;
}

/** What another connection may not meet. */
const comesAgain: ReadonlySet<number> = new Set([401, 410, 500, 503]);
const pageLimit = 100;
/** Whoever may not listen any more is noticed within this time. */
const silenceMs = 30_000;
/** Behind every row of a position. */
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** No field of GraphQL is called so. */
const nextKey = ' next';

export function streamCollection(
  args: ExecutionArgs,
  options: StreamOptions,
): AsyncGenerator<ExecutionResult, void, void> {
  const stop = makeStop();
  let isOver = false;
  const onEnd = (): void => {
    if (!isOver) options.onEnd();
    isOver = true;
  };
  const pages = readPages(args, { ...options, onEnd }, stop.signal);
  const end = async (): Promise<IteratorResult<ExecutionResult, void>> => {
    // A generator that waits would not hear of its end before it wakes.
    stop.abort(new Error('nobody listens any more'));
    // Nor does one that nobody began to read come to its end.
    onEnd();
    return pages.return();
  };
  return Object.assign(Object.create(pages) as typeof pages, {
    next: () => pages.next(),
    return: end,
    [Symbol.asyncIterator]() {
      return this as typeof pages;
    },
  });
}

async function* readPages(
  args: ExecutionArgs,
  { reader, wake, bulkReads, log, from, findViewer, cut, onEnd }: StreamOptions,
  signal: StopSignal,
): AsyncGenerator<ExecutionResult, void, void> {
  try {
    const { key, roots, collection } = makeStream(args);
    let checkpoint = { id: lastId, syncSeq: from };
    const listener = wake.listen((await findViewer()).customerId);
    try {
      while (!wake.isClosed && !signal.aborted) {
        const viewer = await findViewer();
        const text = await reader.readRoots(viewer, roots, { given: { checkpoint } });
        const answer = JSON.parse(text.toString()) as Record<string, JsonObject>;
        const { [nextKey]: next, ...bulk } = answer[key]!;
        const rows = countRows(text);
        if (rows === 0) {
          await listener.next(silenceMs, signal);
          continue;
        }
        bulkReads.record({ viewer, transport: 'sync', resource: collection, filter: null, rows, requestId: null });
        checkpoint = next as typeof checkpoint;
        yield { data: { [key]: bulk } };
      }
    } finally {
      listener.close();
    }
  } catch (error) {
    if (!(error instanceof Problem)) log.error({ err: error }, 'a stream broke');
    const problem = error instanceof Problem ? error : new Problem('INTERNAL', 'Something broke on our side.');
    // A token that ran out, rights that changed, a database that is busy: a stream that just ended would be over for good,
    // and the stock client breaks over an error.
    if (comesAgain.has(problem.status)) return cut();
    yield { errors: [new GraphQLError(problem.detail, { extensions: factsOf(problem) })] };
  } finally {
    onEnd();
  }
}

/** The one field of a subscription, as a pull behind a checkpoint that moves on. */
function makeStream({ schema, document, operationName, variableValues }: ExecutionArgs): {
  readonly key: string;
  readonly roots: readonly Root[];
  readonly collection: string;
} {
  const definition = getOperationAST(document, operationName)!;
  const { coerced, errors } = getVariableValues(schema, definition.variableDefinitions ?? [], variableValues ?? {});
  if (coerced === undefined) throw new Problem('INVALID_INPUT', errors[0]!.message);
  const fragments = Object.fromEntries(
    document.definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((each) => [each.name.value, each]),
  );
  const operation = { fragments, variables: coerced };
  const [found] = collectFields([definition.selectionSet], operation);
  if (found === undefined) throw new Problem('INVALID_INPUT', 'The subscription asks for nothing.');
  const [key, nodes] = found;
  const field = schema.getSubscriptionType()?.getFields()[nodes[0]!.name.value];
  const means = field?.extensions.means;
  if (means?.kind !== 'stream') throw new Problem('INVALID_INPUT', 'The subscription asks for no stream.');
  const late = Late.value('checkpoint');
  const part = (name: 'id' | 'syncSeq'): Late => late.convert((value) => (value as JsonObject)[name]!);
  const next = [
    { kind: 'id', key: 'id' },
    { kind: 'syncSeq', key: 'syncSeq' },
  ] as const;
  const pull = {
    collection: means.collection,
    checkpoint: { id: part('id'), syncSeq: part('syncSeq') },
    limit: pageLimit,
    members: [
      ...makeBulkMembers(nodes, getNamedType(field!.type) as GraphQLObjectType, operation),
      { kind: 'checkpoint', key: nextKey, members: next } as const,
    ],
  };
  return { key, roots: [{ kind: 'pull', key, pull }], collection: means.collection.name };
}
