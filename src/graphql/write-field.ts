/** Mutations: arguments to changes, verdicts to answers. The writer decides everything in between. */
import type { FieldNode, GraphQLObjectType } from 'graphql';
import type { Json, JsonObject } from '../json.ts';
import type { Resource } from '../model.ts';
import { Problem } from '../problem.ts';
import type { Output } from '../read/selection.ts';
import type { Change, Verdict } from '../write/change.ts';
import type { Writer } from '../write/writer.ts';
import { type ChangeItem, makeChange } from './make-change.ts';
import type { GraphqlContext } from './context.ts';
import type { Meaning } from './meaning.ts';
import { collectSubfields } from './selection/collect-fields.ts';
import { costOfRow } from './selection/cost.ts';
import { makeMembers } from './selection/make-members.ts';
import type { SelectionContext } from './selection/operation.ts';

export interface WriteArguments extends ChangeItem {
  readonly items?: readonly ChangeItem[];
  readonly onError?: 'abort' | 'continue' | null;
}

export interface AskedWrite {
  readonly means: Meaning & { readonly kind: 'write' };
  readonly given: WriteArguments;
  readonly nodes: readonly FieldNode[];
  /** The row for one change, the verdict for a batch. */
  readonly type: GraphQLObjectType;
  readonly selection: SelectionContext;
}

const largestBatch = 1_000;

export async function writeOne(asked: AskedWrite, writer: Writer, context: GraphqlContext): Promise<JsonObject> {
  const { means, given, nodes, type, selection } = asked;
  const members = makeMembers(nodes, type, means.resource, selection);
  const change = makeChange(means.verb, means.resource, given);
  const [verdict] = await write(writer, context, means.resource, [change], members, 'abort');
  if (verdict === undefined) throw new Error('the writer gave no verdict');
  if ('problem' in verdict) throw verdict.problem;
  return JSON.parse(verdict.text) as JsonObject;
}

/** What a verdict type reads: `rows` holds the row under each key that asks for it. */
interface VerdictSource {
  readonly outcome?: string;
  readonly rows?: Json;
  readonly problem?: object;
}

export async function writeBatch(
  asked: AskedWrite,
  writer: Writer,
  context: GraphqlContext,
): Promise<readonly VerdictSource[]> {
  const { means, given } = asked;
  const { resource, verb } = means;
  const items = given.items ?? [];
  if (items.length === 0 || items.length > largestBatch) {
    const message = `expected 1 to ${largestBatch} items, found ${items.length}`;
    throw new Problem('INVALID_INPUT', `items: ${message}.`, { errors: [{ pointer: '/items', message }] });
  }
  const changes = items.map((item) => makeChange(verb, resource, item));
  const verdicts = await write(writer, context, resource, changes, rowMembers(asked), given.onError ?? 'abort');
  return verdicts.map((verdict): VerdictSource => {
    if (!('problem' in verdict)) return { outcome: verdict.outcome, rows: JSON.parse(verdict.text) as Json };
    const { code, status, title, detail, facts } = verdict.problem;
    return { problem: { code, status, title, detail, errors: facts.errors, etag: facts.etag } };
  });
}

/** A verdict may be asked for its row several times, under different keys. */
function rowMembers({ nodes, type, selection }: AskedWrite): readonly Output[] {
  return [...collectSubfields(nodes, selection.operation)].flatMap(([key, below]): readonly Output[] => {
    const field = type.getFields()[below[0]!.name.value];
    const means = field?.extensions.means;
    if (field === undefined || means?.kind !== 'written') return [];
    return [
      { kind: 'object', key, members: makeMembers(below, field.type as GraphQLObjectType, means.resource, selection) },
    ];
  });
}

function write(
  writer: Writer,
  { viewer, requestId, charge }: GraphqlContext,
  resource: Resource,
  changes: readonly Change[],
  members: readonly Output[],
  onError: 'abort' | 'continue',
): Promise<readonly Verdict[]> {
  charge(changes.length * costOfRow(members));
  return writer.write(viewer, resource, changes, { onError, members, spelling: 'graphql', requestId });
}
