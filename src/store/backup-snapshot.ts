/**
 * All of the database as it was at one moment, whatever is written meanwhile, on a connection of its own without a time
 * limit. Rows leave by COPY, which is the fastest way out, and keep every column as it is.
 */
import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { rethrow } from './session.ts';
import { name, type Sql, toStatement } from './sql.ts';

export interface CopiedOut {
  /** Lines in COPY's text format. */
  readonly stream: Readable;
  /** How many rows there were; known when the stream has ended. */
  count(): number;
}

export interface Snapshot {
  query<Row>(statement: Sql): Promise<readonly Row[]>;
  /** The rows of a table, of one customer or all; one stream at a time. The customer's id has been checked. */
  copyOut(table: string, columns: readonly string[], customerId: string | null): CopiedOut;
}

export async function withSnapshot<T>(url: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    ...{ connectionString: url, application_name: 'doorstep backup', options: '-c timezone=UTC -c datestyle=ISO' },
  });
  // The statement that was running reports the loss of the connection.
  client.on('error', () => undefined);
  await client.connect().catch(rethrow);
  try {
    await client
      .query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0')
      .catch(rethrow);
    return await work({
      query: async <Row>(statement: Sql) => {
        const { text, values } = toStatement(statement);
        return (await client.query(text, [...values]).catch(rethrow)).rows as readonly Row[];
      },
      copyOut(table, columns, customerId) {
        const quoted = (...path: readonly string[]): string => toStatement(name(...path)).text;
        const where = customerId === null ? '' : ` WHERE customer_id = ${pg.escapeLiteral(customerId)}`;
        const rows = `SELECT ${columns.map((column) => quoted(column)).join(', ')} FROM ${quoted(table)}${where}`;
        const stream = client.query(copyTo(`COPY (${rows}) TO STDOUT`));
        return { stream, count: () => stream.rowCount };
      },
    });
  } finally {
    await client.end();
  }
}
