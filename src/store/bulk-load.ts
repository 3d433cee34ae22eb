/**
 * Loads too large for the write path: COPY on a connection of its own, without a time limit, all in one transaction, so
 * that a load which is killed has never happened.
 *
 * Where the database's user may, triggers and foreign keys are switched off for the transaction: they would cost three
 * times the load itself. Whoever calls this therefore fills every column, and knows that every reference is right.
 */
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { rethrow } from './session.ts';
import { name, toStatement, type Sql } from './sql.ts';

export interface BulkLoad {
  query<Row>(statement: Sql): Promise<readonly Row[]>;
  /** Lines are rows in COPY's text format, each with its newline; the batches are sent as they come. */
  copy(table: string, columns: readonly string[], batches: Iterable<string>): Promise<void>;
}

export async function loadInBulk<T>(url: string, work: (load: BulkLoad) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'doorstep bulk load',
    options: '-c timezone=UTC',
  });
  // The statement that was running reports the loss of the connection.
  client.on('error', () => undefined);
  await client.connect().catch(rethrow);
  try {
    await client.query('BEGIN; SET LOCAL statement_timeout = 0');
    await switchTriggersOff(client);
    const result = await work({
      query: async <Row>(statement: Sql) => {
        const { text, values } = toStatement(statement);
        return (await client.query(text, [...values]).catch(rethrow)).rows as readonly Row[];
      },
      copy: (table, columns, batches) => copy(client, table, columns, batches).catch(rethrow),
    });
    await client.query('COMMIT').catch(rethrow);
    return result;
  } finally {
    await client.end();
  }
}

async function switchTriggersOff(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT has_parameter_privilege('session_replication_role', 'SET') AS may`,
  );
  if (rows[0]?.may === true) await client.query('SET LOCAL session_replication_role = replica');
}

async function copy(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  batches: Iterable<string>,
): Promise<void> {
  const { text } = toStatement(name(table));
  const list = columns.map((column) => toStatement(name(column)).text).join(', ');
  const stream = client.query(copyFrom(`COPY ${text} (${list}) FROM STDIN`));
  const end = finished(stream);
  // Waited for below; a refusal while we still write must not look like one that nobody catches.
  end.catch(() => undefined);
  for (const batch of batches) {
    if (!stream.write(batch)) await Promise.race([once(stream, 'drain'), end]);
  }
  stream.end();
  await end;
}
