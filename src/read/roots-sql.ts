/** The members of an answer's outermost object, and the one statement that gives all of them. */
import type { Late } from '../late.ts';
import type { Resource } from '../model.ts';
import { join, name, type Sql, sql } from '../store/sql.ts';
import type { ReadContext } from './context.ts';
import { concatenate, objectPieces, orJsonNull, type Piece } from './json-text.ts';
import { compileList, tableSource } from './list-sql.ts';
import { compileNode } from './node-sql.ts';
import type { PullSelection } from './pull-selection.ts';
import { type CompiledPull, compilePull } from './pull-sql.ts';
import type { ListSelection, Output } from './selection.ts';
import type { StatsSelection } from './stats-selection.ts';
import { compileStats } from './stats-sql.ts';

/** One member of an answer's outermost object. */
export type Root =
  | { readonly kind: 'constant'; readonly key: string; readonly json: string }
  | {
      readonly kind: 'one';
      readonly key: string;
      readonly resource: Resource;
      readonly id: string | Late;
      readonly members: readonly Output[];
    }
  | { readonly kind: 'list'; readonly key: string; readonly list: ListSelection }
  | { readonly kind: 'pull'; readonly key: string; readonly pull: PullSelection }
  | { readonly kind: 'stats'; readonly key: string; readonly stats: StatsSelection };

/**
 * A statement of one row: the text; where something is pulled behind a checkpoint, whether that is too old; of a pull that
 * stands alone the columns of a QuietState.
 */
export function compileRoots(roots: readonly Root[], context: ReadContext): Sql {
  const pulls: CompiledPull[] = [];
  const members = roots.map((root) => [root.key, rootText(root, context, pulls)] as const);
  const expired = pulls.flatMap(({ isExpired }) => (isExpired === null ? [] : [isExpired]));
  const columns = [
    sql`${concatenate(objectPieces(members))} AS text`,
    ...(expired.length === 0 ? [] : [sql`(${join(expired, ' OR ')}) AS expired`]),
    ...(roots.length === 1 && expired.length === 1 ? [pulls[0]!.state] : []),
  ];
  return sql`SELECT ${join(columns)}`;
}

function rootText(root: Root, context: ReadContext, pulls: CompiledPull[]): readonly Piece[] {
  switch (root.kind) {
    case 'constant':
      return [root.json];
    case 'list': {
      const { end, source } = tableSource(root.list.resource, context);
      return [compileList(root.list, end, source, context)];
    }
    case 'pull': {
      const pull = compilePull(root.pull, context);
      pulls.push(pull);
      return [pull.text];
    }
    case 'stats':
      return [compileStats(root.stats, context)];
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
