/** A reader that is not ours finds in the files what PostgreSQL finds in the table. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchCluster } from '../harness/bench-cluster.ts';

const sums = (distance: string, moment: string, successful: string, id: string): string =>
  `count(*)::text AS rows, round(sum(${distance})::numeric, 6)::text AS miles, count(DISTINCT ${id})::text AS ids,
   sum(CASE WHEN ${successful} THEN 1 ELSE 0 END)::text AS successful, min(${moment})::text AS first, max(${moment})::text AS last`;

const millis = (column: string): string => `floor(extract(epoch FROM ${column}) * 1000)::bigint`;

export async function checkSums(
  cluster: BenchCluster,
  database: string,
  { customerId, files }: { readonly customerId: string; readonly files: Readonly<Record<'csv' | 'parquet', string>> },
): Promise<void> {
  const [expected] = await cluster.run<object>(
    database,
    `SELECT ${sums('distance', millis('"timestamp"'), 'successful', 'id')} FROM interactions
      WHERE customer_id = $1 AND NOT is_deleted`,
    [customerId],
  );
  for (const [format, file] of Object.entries(files)) {
    const from = format === 'csv' ? `read_csv('${file}', sample_size = -1)` : `read_parquet('${file}')`;
    const moment = `epoch_ms(CAST("timestamp" AS TIMESTAMPTZ))`;
    const columns = sums('distance', moment, 'successful', 'id').replaceAll('::numeric', '::decimal(38, 10)');
    const found = await askDuckDb(`SELECT ${columns} FROM ${from}`);
    const [ours, theirs] = [expected!, found].map((row) =>
      JSON.stringify(Object.entries(row).map(([name, value]) => [name, Number(value)])),
    );
    if (ours !== theirs) throw new Error(`${format} says ${theirs}, and the table ${ours}`);
  }
}

async function askDuckDb(sql: string): Promise<object> {
  const program = fileURLToPath(new URL('../guests/ask-duckdb.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, sql]);
  return JSON.parse(stdout) as object;
}
