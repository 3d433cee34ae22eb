/**
 * A database with the large seed, and what the seed has none of: custom fields to filter by. A loaded database says in
 * its comment what it holds, so that a run with --keep finds it again.
 */
import { largeIds } from '../../../seed/large.ts';
import type { BenchCluster } from '../harness/bench-cluster.ts';
import { runDoorstep } from '../harness/run-doorstep.ts';
import { remark } from '../harness/say.ts';
import { addScopes } from './add-scopes.ts';
import { precinctField } from './precinct-field.ts';

export interface LargeDatabase {
  readonly name: string;
  readonly contacts: number;
  readonly interactions: number;
  /** Whether the customer with many groups is there too. */
  readonly scopes: boolean;
}

/** As many voters share a precinct. */
const precinctSize = 80;

export async function loadLarge(cluster: BenchCluster, wanted: LargeDatabase, dataDir: string): Promise<void> {
  const { name, contacts, interactions } = wanted;
  const content = JSON.stringify(wanted);
  const [there] = await cluster.run<{ content: string | null }>(
    'postgres',
    `SELECT shobj_description(oid, 'pg_database') AS content FROM pg_database WHERE datname = $1`,
    [name],
  );
  const env = { DATABASE_URL: cluster.urlOf(name), DATA_DIR: dataDir };
  if (there?.content === content) {
    await runDoorstep(['migrate'], env);
    return remark(`${name}: loaded already`);
  }
  if (there !== undefined) await cluster.run('postgres', `DROP DATABASE ${name} WITH (FORCE)`);
  await cluster.run('postgres', `CREATE DATABASE ${name}`);
  const started = performance.now();
  const size = ['--contacts', String(contacts), '--interactions', String(interactions)];
  remark(`${name}: ${await runDoorstep(['seed', ...size], env)}`);
  await giveCustomFields(cluster, name);
  if (wanted.scopes) await addScopes(cluster, name);
  // What PostgreSQL would do by itself in the next minutes, in the middle of the measurements.
  await cluster.run(name, 'VACUUM ANALYZE');
  await cluster.run(name, 'CHECKPOINT');
  await cluster.run('postgres', `COMMENT ON DATABASE ${name} IS '${content}'`);
  remark(`${name}: ready after ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

async function giveCustomFields(cluster: BenchCluster, database: string): Promise<void> {
  // The voter file's number of the person, LARGE-17, says in which precinct they vote.
  const precinct = `'P-' || (substr(external_id, 7)::int / ${precinctSize})`;
  // As a replica, or the triggers would want a position and make a new version of every row.
  await cluster.run(
    database,
    `DO $$ BEGIN
      SET LOCAL session_replication_role = replica;
      UPDATE contacts SET fields = jsonb_build_object('${precinctField}', ${precinct})
        WHERE customer_id = '${largeIds.customer}';
    END $$`,
  );
}
