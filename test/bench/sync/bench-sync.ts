/** `npm run bench -- sync`: what it costs to bring home what happened on a walk, and whether the order of changes holds. */
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
import { makeToken, startDoorstep } from '../harness/start-doorstep.ts';
import { layTable } from '../harness/table.ts';
import { withCleanup } from '../harness/with-cleanup.ts';
import { measurePush } from './measure-push.ts';
import { proveOrder } from './prove-order.ts';
import { makeVisits } from './visits.ts';

/** A campaign of a state, and not of the whole country: writing does not feel the size of tables as reading may. */
const largest = { contacts: 100_000, interactions: 500_000 };
const name = 'bench_sync';
const leastOfLimit = 0.3;

export function benchSync(options: BenchOptions): Promise<BenchReport> {
  const { keep, rounds, seconds, rows, only } = options;
  const wants = (part: string): boolean => only.length === 0 || only.includes(part);
  const contacts = Math.min(options.contacts, largest.contacts);
  const interactions = Math.min(options.interactions, largest.interactions);
  return withCleanup(async (later) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'doorstep-bench-secret-'));
    later(() => rm(dataDir, { recursive: true }));
    const cluster = await startBenchCluster({ keep });
    later(cluster.stop);
    await loadLarge(cluster, { name, contacts, interactions, scopes: false }, dataDir);
    const doorstep = { databaseUrl: cluster.urlOf(name), dataDir };
    const server = await startDoorstep(doorstep);
    later(server.stop);
    const token = await makeToken(doorstep, 'lena@doorstep.example', largeIds.customer);
    const visits = await makeVisits(cluster, name);
    const common = { cluster, database: name, url: server.url, token, visits };
    const push = wants('push') ? await measurePush({ ...common, rounds, seconds }) : null;
    const order = wants('order') ? await proveOrder({ ...common, rows }) : null;
    return report({ push, order });
  });
}

interface Results {
  readonly push: Awaited<ReturnType<typeof measurePush>> | null;
  readonly order: Awaited<ReturnType<typeof proveOrder>> | null;
}

function report({ push, order }: Results): BenchReport {
  const bars = [
    ...(push === null
      ? []
      : [{ what: 'pushing 100 visits, of the limit', got: push.ofLimit, met: push.ofLimit >= leastOfLimit }]),
    ...(order === null
      ? []
      : (['missed', 'outOfOrder', 'twice'] as const).map((what) => ({
          what: `rows ${what === 'outOfOrder' ? 'out of order' : what}`,
          got: order[what],
          met: order[what] === 0,
        }))),
  ];
  const ms = (values: readonly number[]): string => median(values).toFixed(1);
  const lines = [
    ...(push === null
      ? []
      : layTable(
          [`${push.size} visits a call`, 'limit, ms', 'doorstep, ms', 'of the limit'],
          [['push', ms(push.limitMs), ms(push.doorstepMs), push.ofLimit.toFixed(2)]],
        )),
    ...(order === null
      ? []
      : [`${order.rows} rows by 16 writers in ${order.seconds.toFixed(0)} s beside an open transaction`]),
    ...bars.map(({ what, got, met }) => `${met ? 'met   ' : 'MISSED'}  ${what}: ${Number(got.toFixed(3))}`),
  ];
  return { lines, json: { machine: describeMachine(), push, order, bars } };
}
