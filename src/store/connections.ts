/**
 * Pools of connections that all speak alike: UTC, ISO dates, and every type that JavaScript would damage as text.
 * A database that goes away empties a pool; the next request connects again, so a pool never has to be rebuilt.
 */
import pg from 'pg';
import type { Log } from '../log.ts';

export interface ConnectionOptions {
  readonly url: string;
  readonly size: number;
  /** How long to wait for a free connection, and for PostgreSQL to accept a new one. */
  readonly poolWaitMs: number;
  /** 0 is no limit. */
  readonly statementTimeoutMs: number;
  /** Whether prepared statements are planned once, or anew for the values of each execution. */
  readonly plans?: 'once' | 'anew';
  readonly log: Log;
}

// Object identifiers of pg_type. The arrays are here too, because `pg` would parse their items its own way.
const textArray = 1009;
const asText = new Set([20, 1700, 1082, 1083, 1114, 1184, 1186, 1266]);
const asTextArrays = new Set([1016, 1231, 1182, 1183, 1115, 1185, 1187, 1270]);

export const rowTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (asText.has(oid)) return (text: string) => text;
    return pg.types.getTypeParser(asTextArrays.has(oid) ? textArray : oid, format) as (text: string) => unknown;
  },
};

/** What every connection is told first, as one text of statements. */
export function connectionSettings({
  statementTimeoutMs,
  plans = 'anew',
}: Pick<ConnectionOptions, 'statementTimeoutMs' | 'plans'>): string {
  // Set by statement and not as start-up parameters, because `?options=` in the URL would replace those, and poolers
  // in front of a database refuse them.
  return [
    `SET timezone = 'UTC'`,
    `SET datestyle = 'ISO, MDY'`,
    `SET intervalstyle = 'iso_8601'`,
    `SET application_name = 'doorstep'`,
    `SET statement_timeout = ${statementTimeoutMs}`,
    // PostgreSQL's own choice compares guesses, and a plan made for no value in particular may scan everything.
    `SET plan_cache_mode = ${plans === 'once' ? 'force_generic_plan' : 'force_custom_plan'}`,
  ].join('; ');
}

export function makeConnections(options: ConnectionOptions): pg.Pool {
  const { url, size, poolWaitMs, log } = options;
  const settings = connectionSettings(options);
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: poolWaitMs,
    // A new connection has no statement prepared and no plan kept, and what is rare in one minute comes in the next.
    idleTimeoutMillis: 600_000,
    keepAlive: true,
    types: rowTypes,
    // The pool waits for the promise, though its types do not say so.
    onConnect: (client) => client.query(settings) as unknown as void,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'));
  // A client in use emits the loss of its connection as an event too; its statement reports it already.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}
