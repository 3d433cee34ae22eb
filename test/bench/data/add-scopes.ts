/**
 * A second customer, with 3,000 groups and interactions in all of them, and callers who see 1, 30 and 2,000 of them:
 * members of organizations that have as many below them. Nobody sees everything, as in life.
 *
 * Its interactions are copies of the large customer's newest, and their contacts, doors and campaign are not there:
 * what is asked here is only the interactions themselves.
 */
import { largeIds } from '../../../seed/large.ts';
import type { BenchCluster } from '../harness/bench-cluster.ts';

export interface Scope {
  readonly groups: number;
  readonly email: string;
}

export const scopesCustomer = '5c09e500-0000-4000-8000-000000000000';

/** The first of a caller's organizations and groups, which are numbered; the others are below it. */
const places = [
  { groups: 1, first: 1 },
  { groups: 30, first: 2 },
  { groups: 2000, first: 32 },
] as const;

export const scopes: readonly Scope[] = places.map(({ groups }) => ({ groups, email: `sees-${groups}@bench.example` }));

const groups = 3000;
const interactions = 500_000;
const stamps = `now(), now(), 1, '', 0, 'bench'`;
const stamped = 'created, modified, version, create_digest, sync_seq, etag';

const idOf = (kind: string, number: string): string => `md5('bench/${kind}/' || ${number})::uuid`;
const parent = places
  .map(
    ({ first, groups: count }) => `WHEN n > ${first} AND n < ${first + count} THEN ${idOf('organization', `${first}`)}`,
  )
  .join(' ');
const callers = places.map(({ first, groups: count }) => `(${first}, 'sees-${count}@bench.example')`).join(', ');

export async function addScopes({ run }: BenchCluster, database: string): Promise<void> {
  const columns = await run<{ name: string }>(
    database,
    `SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = 'interactions'::regclass AND attnum > 0
      AND NOT attisdropped AND attname NOT IN ('customer_id', 'security_group_id')`,
  );
  const others = columns.map(({ name }) => name).join(', ');
  const insert = (table: string, names: string, values: string, from: string): string =>
    `INSERT INTO ${table} (customer_id, security_group_id, ${stamped}, ${names})
      SELECT '${scopesCustomer}'::uuid, ${idOf('group', 'n')}, ${stamps}, ${values} FROM ${from};`;
  const all = `generate_series(1, ${groups}) n`;
  const few = `(VALUES ${callers}) AS caller (n, email)`;
  const number = `1 + ('x' || substr(md5(id::text), 1, 7))::bit(28)::int % ${groups}`;
  await run(
    database,
    `BEGIN;
    -- The triggers would want a position for every row, and foreign keys what has been left out.
    SET LOCAL session_replication_role = replica;
    ${insert('customers', 'id, name', `'${scopesCustomer}', 'Many groups'`, 'generate_series(1, 1) n')}
    ${insert('security_groups', 'id, organization_id', `${idOf('group', 'n')}, ${idOf('organization', 'n')}`, all)}
    ${insert('organizations', 'id, name, discoverable, parent_id', `${idOf('organization', 'n')}, 'No ' || n, false, CASE ${parent} END`, all)}
    ${insert('roles', 'id, name, permissions', `${idOf('role', 'n')}, 'Reader', '["read@*"]'`, few)}
    ${insert('users', 'id, email, email_key, status', `${idOf('user', 'n')}, email, email, 'active'`, few)}
    ${insert('memberships', 'id, organization_id, user_id, role_id, status', `${idOf('membership', 'n')}, ${idOf('organization', 'n')}, ${idOf('user', 'n')}, ${idOf('role', 'n')}, 'active'`, few)}
    INSERT INTO interactions (customer_id, security_group_id, ${others})
      SELECT '${scopesCustomer}', md5('bench/group/' || (${number}))::uuid, ${others} FROM interactions
      WHERE customer_id = '${largeIds.customer}' ORDER BY timestamp DESC LIMIT ${interactions};
    -- For the limit, which looks groups up by a name.
    CREATE TABLE bench_group_sets (name text, security_group_id uuid, PRIMARY KEY (name, security_group_id));
    ${places
      .map(
        ({ first, groups: count }) => `INSERT INTO bench_group_sets SELECT 'sees-${count}', ${idOf('group', 'n')}
      FROM generate_series(${first}, ${first + count - 1}) n;`,
      )
      .join('\n    ')}
    COMMIT`,
  );
}
