/**
 * `npm run bench -- sync`: what it costs to take a walk along and to bring home what happened on it, and whether the
 * order of changes holds. The parts: push, pull, poll, order.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeIds } from '../../../seed/large.ts';
import type { BenchReport } from '../bench.ts';
import type { BenchOptions } from '../bench-options.ts';
import { loadLarge } from '../data/load-large.ts';
import { startBenchCluster } from '../harness/bench-cluster.ts';
import { startLoadGenerator } from '../harness/load-generator.ts';
import { settle } from '../harness/settle.ts';
import { makeToken, startDoorstep } from '../harness/start-doorstep.ts';
import { withCleanup } from '../harness/with-cleanup.ts';
import { startLimit } from '../limit/start-limit.ts';
import { makeWalk } from './make-walk.ts';
import { measurePoll } from './measure-poll.ts';
import { measurePull } from './measure-pull.ts';
import { measurePush } from './measure-push.ts';
import { proveOrder } from './prove-order.ts';
import { reportSync } from './report.ts';
import { makeVisits } from './visits.ts';

/** A campaign of a state, and not of the whole country: writing does not feel the size of tables as reading may. */
const largest = { contacts: 100_000, interactions: 500_000 };
const name = 'bench_sync';

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
    const tokenOf = (email: string): Promise<string> => makeToken(doorstep, email, largeIds.customer);
    const token = await tokenOf('lena@doorstep.example');
    const visits = await makeVisits(cluster, name);
    const common = { cluster, database: name, url: server.url, token, visits };
    const push = wants('push') ? await measurePush({ ...common, rounds, seconds }) : null;
    const readOptions = async () => {
      const limit = await startLimit(doorstep.databaseUrl);
      later(limit.stop);
      const generator = startLoadGenerator();
      later(generator.stop);
      const walk = await makeWalk({ ...common, tokenOf });
      const pace = { rounds, seconds };
      const measured = { pace, generator, databasePid: cluster.pid, settle: () => settle(cluster) };
      return { servers: { limit, doorstep: server }, walk, measured };
    };
    const read = wants('pull') || wants('poll') ? await readOptions() : null;
    const pull = read === null || !wants('pull') ? null : await measurePull(read.servers, read.walk, read.measured);
    const poll =
      read === null || !wants('poll')
        ? null
        : await measurePoll(read.servers, read.walk, { ...read.measured, cluster, database: name });
    const order = wants('order') ? await proveOrder({ ...common, rows }) : null;
    return reportSync({ rounds, push, pull, poll, order });
  });
}
