/** The indexes of a migrated database beside those that its declarations ask for. */
import type { Model } from '../../src/model.ts';
import type { Database } from '../../src/store/database.ts';
import { type IndexKind, indexesOf, indexesOfRows, type TableIndex } from '../../src/store/schema-indexes.ts';
import { sql } from '../../src/store/sql.ts';

export interface FoundIndex {
  readonly table: string;
  readonly name: string;
  /** Null for an index of a kind that no declaration asks for. */
  readonly kind: IndexKind | null;
  /** In their order. */
  readonly columns: readonly string[];
  /** Which rows it holds, as SQL; null for all. */
  readonly predicate: string | null;
}

export async function findIndexes(database: Database): Promise<readonly FoundIndex[]> {
  return database.query<FoundIndex>(sql`
    SELECT class.relname AS table, own.relname AS name, pg_get_expr(x.indpred, x.indrelid) AS predicate,
      ARRAY(SELECT coalesce(attname, 'an expression')::text FROM unnest(x.indkey) WITH ORDINALITY k(number, at)
        LEFT JOIN pg_attribute ON attrelid = x.indrelid AND attnum = number AND number > 0 ORDER BY at) AS columns,
      CASE WHEN x.indisprimary THEN 'primary'
        WHEN x.indisunique AND pg_get_expr(x.indpred, x.indrelid) = '(NOT is_deleted)' THEN 'live'
        WHEN amname = 'gin' AND opcname = 'jsonb_path_ops' AND x.indpred IS NULL THEN 'document'
        WHEN amname = 'btree' AND NOT x.indisunique AND x.indpred IS NULL THEN 'plain' END AS kind
    FROM pg_index x JOIN pg_class class ON class.oid = x.indrelid JOIN pg_class own ON own.oid = x.indexrelid
      JOIN pg_am ON pg_am.oid = own.relam JOIN pg_opclass ON pg_opclass.oid = x.indclass[0]
    WHERE class.relnamespace = 'public'::regnamespace AND NOT class.relispartition ORDER BY 1, 2`);
}

/** Statements that make what the declarations ask for and the database lacks. */
export function listMissing(model: Model, found: readonly FoundIndex[]): readonly string[] {
  const keys = new Set(found.map(({ table, kind, columns }) => `${table} ${kind} ${columns.join()}`));
  return model.resources.flatMap((resource) =>
    [
      ...indexesOf(resource).map((index) => [resource.table, index] as const),
      ...resource.rows.flatMap((rows) => indexesOfRows(rows).map((index) => [rows.table, index] as const)),
    ].flatMap(([table, index]) =>
      keys.has(`${table} ${index.kind} ${index.columns.join()}`) ? [] : printIndex(table, index),
    ),
  );
}

export function printIndex(table: string, { kind, columns }: TableIndex): string {
  const listed = columns.map((column) => `"${column}"`).join(', ');
  switch (kind) {
    case 'primary':
      return `ALTER TABLE "${table}" ADD PRIMARY KEY (${listed});`;
    case 'live':
      return `CREATE UNIQUE INDEX ON "${table}" (${listed}) WHERE NOT is_deleted;`;
    case 'plain':
      return `CREATE INDEX ON "${table}" (${listed});`;
    case 'document':
      return `CREATE INDEX ON "${table}" USING gin (${listed} jsonb_path_ops);`;
  }
}
