/** The limit: the same columns by COPY in PostgreSQL's own text form, through `pg`, and dropped where they arrive. */
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { makeModel } from '../../../src/model.ts';
import { declarations } from '../../../src/resources/index.ts';

export async function copyPlain(databaseUrl: string, customerId: string): Promise<{ rows: number; seconds: number }> {
  const { envelope, attributes, table } = makeModel(declarations).get('interaction');
  const columns = [...envelope, ...attributes].map(({ column }) => `"${column}"`).join(', ');
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const started = performance.now();
    const query = `SELECT ${columns} FROM ${table} WHERE customer_id = '${customerId}' AND NOT is_deleted`;
    const stream = client.query(copyTo(`COPY (${query}) TO STDOUT`));
    for await (const chunk of stream) void chunk;
    return { rows: stream.rowCount, seconds: (performance.now() - started) / 1000 };
  } finally {
    await client.end();
  }
}
