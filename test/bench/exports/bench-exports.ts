/**
 * `npm run bench -- exports`: how fast everything leaves, beside PostgreSQL's own COPY of the same columns, and how much
 * memory the server takes for it, with a reader that is slow too.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeIds } from '../../../seed/large.ts';
import type { BenchReport } from '../bench.ts';
import type { BenchOptions } from '../bench-options.ts';
import { loadLarge } from '../data/load-large.ts';
import { startBenchCluster } from '../harness/bench-cluster.ts';
import { describeMachine } from '../harness/machine.ts';
import { median } from '../harness/median.ts';
import { remark } from '../harness/say.ts';
import { makeToken, startDoorstep } from '../harness/start-doorstep.ts';
import { layTable } from '../harness/table.ts';
import { withCleanup } from '../harness/with-cleanup.ts';
import { checkSums } from './check-sums.ts';
import { copyPlain } from './copy-plain.ts';
import { fetchExport } from './fetch-export.ts';
import { measureStats } from './measure-stats.ts';
import { residentBytes, watchMemory } from './watch-memory.ts';

const database = 'bench_exports';
const most = { contacts: 100_000, interactions: 1_000_000 };
/** Of the limit, at least. */
const bars = { csv: 0.55, ndjson: 0.45, parquet: 0.25 } as const;
const formats = ['ndjson', 'csv', 'parquet'] as const;
const slow = { restMs: 50, forMs: 15_000 };

export function benchExports(options: BenchOptions): Promise<BenchReport> {
  const customerId = largeIds.customer;
  const contacts = Math.min(options.contacts, most.contacts);
  const interactions = Math.min(options.interactions, most.interactions);
  return withCleanup(async (later) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'doorstep-bench-exports-'));
    later(() => rm(dataDir, { recursive: true }));
    const cluster = await startBenchCluster({ keep: options.keep });
    later(cluster.stop);
    await loadLarge(cluster, { name: database, contacts, interactions, scopes: false }, dataDir);
    const doorstep = { databaseUrl: cluster.urlOf(database), dataDir };
    const token = await makeToken(doorstep, 'lena@doorstep.example', customerId);
    const server = await startDoorstep(doorstep);
    later(server.stop);
    const urlOf = (format: string): string => `${server.url}/v2/interactions/export?format=${format}`;
    const idle = await residentBytes(server.pid);
    const memory = watchMemory(server.pid);
    later(memory.stop);

    const rates: Record<'copy' | (typeof formats)[number], number[]> = { copy: [], ndjson: [], csv: [], parquet: [] };
    const peaks: number[] = [];
    let rows = 0;
    for (let round = 0; round < options.rounds; round += 1) {
      const limit = await copyPlain(doorstep.databaseUrl, customerId);
      rows = limit.rows;
      rates.copy.push(limit.rows / limit.seconds);
      for (const format of formats) {
        const keep = round === 0 && format !== 'ndjson' ? { file: join(dataDir, `all.${format}`) } : {};
        const fetched = await fetchExport({ url: urlOf(format), token, ...keep });
        if (fetched.rows !== rows) throw new Error(`${format} has ${fetched.rows} rows, not ${rows}`);
        rates[format].push(fetched.rows / fetched.seconds);
        peaks.push(memory.peak());
      }
      remark(`exports: round ${round + 1} of ${options.rounds}`);
    }
    for (const format of formats) {
      await fetchExport({ url: urlOf(format), token, slow });
      peaks.push(memory.peak());
    }
    const files = { csv: join(dataDir, 'all.csv'), parquet: join(dataDir, 'all.parquet') };
    await checkSums(cluster, database, { customerId, files });

    const asked = { databaseUrl: doorstep.databaseUrl, url: server.url, token, customerId, rounds: options.rounds };
    const stats = await measureStats(asked);
    const rateOf = (name: keyof typeof rates): number => Math.round(median(rates[name]));
    const ratioOf = (name: (typeof formats)[number]): number =>
      median(rates[name].map((rate, round) => rate / rates.copy[round]!));
    const peakBytes = Math.max(...peaks);
    const [copy, ndjson, csv, parquet] = [rateOf('copy'), rateOf('ndjson'), rateOf('csv'), rateOf('parquet')];
    const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`;
    return {
      lines: [
        `${rows.toLocaleString('en')} interactions, medians of ${options.rounds} rounds`,
        ...layTable(
          ['format', 'rows a second', 'of COPY', 'bar'],
          [
            ['COPY', copy.toLocaleString('en'), '1.00', ''],
            ...formats.map((name) => [
              name,
              rateOf(name).toLocaleString('en'),
              ratioOf(name).toFixed(2),
              bars[name].toFixed(2),
            ]),
          ],
        ),
        `Memory of the server: ${mebibytes(idle)} idle, at most ${mebibytes(peakBytes)}, slow readers included`,
        `Grouped counts: ${stats.graphql.toFixed(0)} ms in GraphQL, ${stats.handWritten.toFixed(0)} ms by hand`,
        'DuckDB finds the same sums in CSV and Parquet as PostgreSQL in the table',
      ],
      json: {
        machine: describeMachine(),
        rows,
        rowsPerSecond: { copy, ndjson, csv, parquet },
        ratios: Object.fromEntries(formats.map((name) => [name, ratioOf(name)])),
        idleBytes: idle,
        peakBytes,
        stats,
      },
    };
  });
}
