/**
 * Loads too large for the write path: COPY on a connection of its own, without a time limit, all in one transaction, so
 * that a load which is killed has never happened.
 *
 * Where the database's user may, triggers and foreign keys are switched off for the transaction: they would cost three
 * times the load itself. Whoever calls this therefore fills every column, and knows that every reference is right.
 */
import { once } from 'node:events';
import { finished, pipeline } from 'node:stream/promises';
import pg from 'pg';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';
import { rethrow } from './session.ts';
import { name, toStatement, type Sql } from './sql.ts';

export interface BulkLoad {
  /** Whether triggers are off, so that rows stay as they come. */
  readonly isFaithful: boolean;
  query<Row>(statement: Sql): Promise<readonly Row[]>;
  /** Lines are rows in COPY's text format, each with its newline; the batches are sent as they come. */
  copy(table: string, columns: readonly string[], batches: Iterable<string>): Promise<void>;
  /** The same from streams, the last of which gives the lines; the number of rows. */
  copyStream(
    table: string,
    columns: readonly string[],
    streams: readonly StreamPart[],
    signal: AbortSignal,
  ): Promise<number>;
}

type StreamPart = NodeJS.ReadableStream | NodeJS.ReadWriteStream;

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
    const isFaithful = await switchTriggersOff(client);
    const result = await work({
      isFaithful,
      query: async <Row>(statement: Sql) => {
        const { text, values } = toStatement(statement);
        return (await client.query(text, [...values]).catch(rethrow)).rows as readonly Row[];
      },
      copy: (table, columns, batches) => copy(client, table, columns, batches).catch(rethrow),
      async copyStream(table, columns, streams, signal) {
        const stream = openCopy(client, table, columns);
        await pipeline([...streams, stream], { signal }).catch(rethrow);
        return stream.rowCount;
      },
    });
    await client.query('COMMIT').catch(rethrow);
    return result;
  } finally {
    await client.end();
  }
}

async function switchTriggersOff(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT has_parameter_privilege('session_replication_role', 'SET') AS may`,
  );
  if (rows[0]?.may !== true) return false;
  await client.query('SET LOCAL session_replication_role = replica');
  return true;
}

function openCopy(client: pg.Client, table: string, columns: readonly string[]): CopyStreamQuery {
  const { text } = toStatement(name(table));
  const list = columns.map((column) => toStatement(name(column)).text).join(', ');
  return client.query(copyFrom(`COPY ${text} (${list}) FROM STDIN`));
}

async function copy(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  batches: Iterable<string>,
): Promise<void> {
  const stream = openCopy(client, table, columns);
  const end = finished(stream);
  // Waited for below; a refusal while we still write must not look like one that nobody catches.
  end.catch(() => undefined);
  for (const batch of batches) {
    if (!stream.write(batch)) await Promise.race([once(stream, 'drain'), end]);
  }
  stream.end();
  await end;
}
