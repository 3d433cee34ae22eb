/** What every node of one statement shares: the caller's customer and groups, sent once, and names for its tables. */
import { readableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Model, Resource } from '../model.ts';
import { groupSetId } from '../store/group-sets.ts';
import { name, parameter, type Parameter, raw, type Sql, sql } from '../store/sql.ts';
import { FromViewer } from './compiled.ts';
import { type ScopeShape, shapeOf } from './scope-shape.ts';
import type { Deleted, Output, Spelling } from './selection.ts';

/**
 * Compiles one row to the text of a JSON object: node-sql.ts. Rows hold lists and lists hold rows; lists find this
 * function in the context, so that the two files need not import each other.
 */
export type CompileNode = (members: readonly Output[], resource: Resource, row: string, context: ReadContext) => Sql;

export interface ReadContext {
  readonly model: Model;
  readonly spelling: Spelling;
  readonly customer: Parameter;
  readonly compileNode: CompileNode;
  /** The resources whose groups were asked for. */
  readonly scoped: Set<Resource>;
  /** Whether one plan serves every value. */
  readonly steady: boolean;
  /** Something was compiled whose values decide how it is best run. */
  unsettle(): void;
  /** A fresh alias for a table. */
  alias(): string;
  shapeOf(resource: Resource): ScopeShape;
  /** The one group, the array of a few, or the id of the set of many. */
  groupsOf(resource: Resource): Parameter;
  /** The condition that limits rows of the resource to those the caller may see. */
  visible(resource: Resource, row: string, deleted: Deleted): Sql;
  /**
   * The same for one of the caller's groups, as a range: in the order of (group, …) only an index that begins with the
   * group can read it. An equality leaves PostgreSQL the choice, and where it guesses that most rows are of the group,
   * somebody whose group has none walks through all of the customer's.
   */
  visibleInGroup(group: Sql, row: string, deleted: Deleted): Sql;
}

/** Of the viewer only the shapes of the scopes are looked at; the values are put in when the question is asked. */
export function makeReadContext(
  model: Model,
  viewer: Viewer,
  spelling: Spelling,
  compileNode: CompileNode,
): ReadContext {
  let aliases = 0;
  const customer = parameter(new FromViewer(({ customerId }) => customerId));
  const groups = new Map<Resource, Parameter>();
  const inCustomer = (row: string, deleted: Deleted, scope: Sql): Sql =>
    sql`${name(row, 'customer_id')} = ${customer}${scope}${isDeleted(row, deleted)}`;
  let steady = true;
  const context: ReadContext = {
    model,
    spelling,
    customer,
    compileNode,
    scoped: new Set(),
    get steady() {
      return steady;
    },
    unsettle: () => void (steady = false),
    alias: () => `t${(aliases += 1)}`,
    shapeOf(resource) {
      context.scoped.add(resource);
      return shapeOf(readableGroups(viewer, resource));
    },
    groupsOf(resource) {
      const known = groups.get(resource) ?? parameter(new FromViewer((asking) => groupsValue(asking, resource)));
      groups.set(resource, known);
      return known;
    },
    visible(resource, row, deleted) {
      const group = name(row, 'security_group_id');
      const scope = scopeCondition(context.shapeOf(resource), group, () => context.groupsOf(resource));
      return inCustomer(row, deleted, scope);
    },
    visibleInGroup: (group, row, deleted) =>
      inCustomer(row, deleted, sql` AND ${name(row, 'security_group_id')} BETWEEN ${group} AND ${group}`),
  };
  return context;
}

function scopeCondition(shape: ScopeShape, group: Sql, groupsOf: () => Parameter): Sql {
  switch (shape) {
    case 'all':
      return raw('');
    case 'one':
      return sql` AND ${group} = ${groupsOf()}::uuid`;
    case 'few':
      return sql` AND ${group} = ANY(${groupsOf()}::uuid[])`;
    case 'many':
      return sql` AND EXISTS (SELECT FROM group_set_members own WHERE own.set_id = ${groupsOf()}::uuid AND own.group_id = ${group})`;
  }
}

function groupsValue(viewer: Viewer, resource: Resource): unknown {
  const groups = readableGroups(viewer, resource);
  if (groups === 'all') throw new Error(`${resource.plural} were compiled for a caller who has groups`);
  switch (shapeOf(groups)) {
    case 'many':
      return groupSetId(groups);
    case 'one':
      return [...groups][0];
    default:
      return [...groups];
  }
}

function isDeleted(row: string, deleted: Deleted): Sql {
  if (deleted === 'include') return raw('');
  return deleted === 'only' ? sql` AND ${name(row, 'is_deleted')}` : sql` AND NOT ${name(row, 'is_deleted')}`;
}
