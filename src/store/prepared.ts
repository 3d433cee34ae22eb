/** Statements repeat by shape: one that comes a second time on a connection is prepared there and not parsed again. */
import type pg from 'pg';
import { isDatabaseFailure } from './failure.ts';
import type { Statement } from './sql.ts';
import { makeStatementNames, type StatementNames } from './statement-names.ts';

const namesOf = new WeakMap<pg.ClientBase, StatementNames>();

export async function queryPrepared<Row>(client: pg.ClientBase, { text, values }: Statement): Promise<readonly Row[]> {
  const names = namesOf.get(client) ?? makeStatementNames();
  namesOf.set(client, names);
  const name = names.find(text);
  const dropped = names.dropOldest();
  if (dropped !== null && dropped.name in parsedStatements(client)) {
    await client.query(`DEALLOCATE ${dropped.name}`);
    delete parsedStatements(client)[dropped.name];
  }
  const plain = { text, values: [...values] };
  if (name === null) return rowsOf<Row>(await client.query(plain));
  try {
    return rowsOf<Row>(await client.query({ ...plain, name }));
  } catch (error) {
    if (!isOutdated(error)) throw error;
    names.forget(text);
    delete parsedStatements(client)[name];
    // In a transaction the failure has spoilt it; outside, nothing has happened yet.
    if (client.getTransactionStatus() !== 'I') throw error;
    return rowsOf<Row>(await client.query(plain));
  }
}

/** Whether a migration changed what a prepared statement returns, or something discarded it. */
export function isOutdated(error: unknown): boolean {
  if (!isDatabaseFailure(error)) return false;
  return error.code === '26000' || (error.code === '0A000' && error.message.startsWith('cached plan'));
}

/** What `pg` believes to be prepared. It has no method to forget a name after DEALLOCATE. */
function parsedStatements(client: pg.ClientBase): Record<string, string> {
  return (client as unknown as { readonly connection: { readonly parsedStatements: Record<string, string> } })
    .connection.parsedStatements;
}

function rowsOf<Row>(result: pg.QueryResult): readonly Row[] {
  return result.rows as readonly Row[];
}
