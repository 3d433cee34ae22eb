/**
 * One connection while one caller has it. Failures are translated here and nowhere above, so that an error which the
 * caller's own code throws inside a transaction (a missing file, say) is never mistaken for one of the database.
 */
import type pg from 'pg';
import { isConnectionLost, translateFailure } from './failure.ts';
import { queryPrepared } from './prepared.ts';
import type { Statement } from './sql.ts';

export interface Session {
  readonly pid: number;
  query<Row>(statement: Statement): Promise<readonly Row[]>;
  /** Runs text by the simple protocol and returns the last command that PostgreSQL says it carried out. */
  exec(text: string): Promise<string>;
  /** Gives the connection back, or destroys it when it cannot be trusted any more. */
  release(options?: { readonly destroy: boolean }): void;
}

export async function takeSession(pool: pg.Pool): Promise<Session> {
  const client = await pool.connect().catch(rethrow);
  let lost = false;
  const fail = (error: unknown): never => {
    lost ||= isConnectionLost(error);
    return rethrow(error);
  };
  return {
    pid: (client as unknown as { readonly processID: number }).processID,
    query: <Row>(statement: Statement) => queryPrepared<Row>(client, statement).catch(fail),
    exec: (text) => client.query(text).then(lastCommand, fail),
    release({ destroy } = { destroy: false }) {
      client.release(destroy || lost || client.getTransactionStatus() !== 'I');
    },
  };
}

export function rethrow(error: unknown): never {
  throw translateFailure(error);
}

/** `pg` answers a list when the text held several statements. */
function lastCommand(results: pg.QueryResult | readonly pg.QueryResult[]): string {
  return [results].flat().at(-1)?.command ?? '';
}
