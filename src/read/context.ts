/** What every node of one statement shares: the caller's customer and groups, sent once, and names for its tables. */
import { readableGroups } from '../access/scope.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Model, Resource } from '../model.ts';
import { name, parameter, type Parameter, raw, type Sql, sql } from '../store/sql.ts';
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
  /** A fresh alias for a table. */
  alias(): string;
  /** The condition that limits rows of the resource to those the caller may see. */
  visible(resource: Resource, row: string, deleted: Deleted): Sql;
}

export function makeReadContext(
  model: Model,
  viewer: Viewer,
  spelling: Spelling,
  compileNode: CompileNode,
): ReadContext {
  let aliases = 0;
  const customer = parameter(viewer.customerId);
  const groups = new Map<string, Parameter | 'all'>();
  const groupsOf = (resource: Resource): Parameter | 'all' => {
    const known = groups.get(resource.name);
    if (known !== undefined) return known;
    const readable = readableGroups(viewer, resource);
    const made = readable === 'all' ? readable : parameter([...readable]);
    groups.set(resource.name, made);
    return made;
  };
  return {
    model,
    spelling,
    customer,
    compileNode,
    alias: () => `t${(aliases += 1)}`,
    visible(resource, row, deleted) {
      const own = sql`${name(row, 'customer_id')} = ${customer}`;
      const allowed = groupsOf(resource);
      const scope = allowed === 'all' ? raw('') : sql` AND ${name(row, 'security_group_id')} = ANY(${allowed}::uuid[])`;
      return sql`${own}${scope}${isDeleted(row, deleted)}`;
    },
  };
}

function isDeleted(row: string, deleted: Deleted): Sql {
  if (deleted === 'include') return raw('');
  return deleted === 'only' ? sql` AND ${name(row, 'is_deleted')}` : sql` AND NOT ${name(row, 'is_deleted')}`;
}
