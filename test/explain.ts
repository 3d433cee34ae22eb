/**
 * A reader whose statements tell how PostgreSQL answers them. What is looked at are facts that do not depend on the
 * machine: which indexes are read, and how many pages of the database (buffers).
 */
import pg from 'pg';
import { makeReader, type Reader } from '../src/read/reader.ts';
import type { Database } from '../src/store/database.ts';
import { type Statement } from '../src/store/sql.ts';
import type { World } from './world.ts';

export interface Explained {
  readonly indexes: readonly string[];
  readonly buffers: number;
}

interface PlanNode {
  readonly 'Index Name'?: string;
  /** 0 where it was planned for a case that did not come. */
  readonly 'Actual Loops': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/** Statements are explained into `into`, and then answered. */
export function makeExplainingReader({ database, model }: World, into: Explained[]): Reader {
  const explaining: Database = {
    ...database,
    async read(statement) {
      into.push(await explain(database, statement));
      return database.read(statement);
    },
  };
  return makeReader({ database: explaining, model });
}

/** Planned as it would be for the server: once for all values, or for these. */
async function explain(database: Database, { text, values, steady = false }: Statement): Promise<Explained> {
  const mode = steady ? 'force_generic_plan' : 'force_custom_plan';
  const given = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`;
  return database.transaction(async (tx) => {
    await tx.exec(`SET LOCAL plan_cache_mode = ${mode}; PREPARE explained AS ${text}`);
    const [row] = await tx.query<{ 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>({
      text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE explained${given}`,
      values: [],
    });
    await tx.exec('DEALLOCATE explained');
    const { Plan: plan } = row!['QUERY PLAN'][0];
    return { indexes: indexesOf(plan), buffers: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] };
  });
}

function indexesOf({ 'Index Name': index, 'Actual Loops': loops, Plans: below = [] }: PlanNode): readonly string[] {
  if (loops === 0) return [];
  return [...(index === undefined ? [] : [index]), ...below.flatMap(indexesOf)];
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  return pg.escapeLiteral(
    Array.isArray(value) ? `{${value.map((item) => JSON.stringify(item)).join()}}` : String(value),
  );
}
