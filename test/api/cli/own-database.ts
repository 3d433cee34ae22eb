/** A database of somebody's own: empty, and not the embedded one. */
import pg from 'pg';
import { inject } from 'vitest';
import { urlOfDatabase } from '../../database.ts';

/** A database on the server that all tests share; `%s` stands for its name. */
export async function makeDatabase(statement: string): Promise<string> {
  const name = `own_${process.pid}_${Math.random().toString(36).slice(2)}`;
  const client = new pg.Client({ connectionString: inject('serverUrl') });
  await client.connect();
  await client.query(statement.replace('%s', name));
  await client.end();
  return urlOfDatabase(inject('serverUrl'), name);
}
