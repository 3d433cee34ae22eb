/**
 * `npm run bench -- reads`: how near reading comes to the best that is possible, and how far it is ahead of what people
 * would use instead.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { largeIds } from '../../../seed/large.ts';
import type { BenchReport } from '../bench.ts';
import type { BenchOptions } from '../bench-options.ts';
import { loadLarge } from '../data/load-large.ts';
import { pickValues } from '../data/pick-values.ts';
import { startBenchCluster } from '../harness/bench-cluster.ts';
import { startLoadGenerator } from '../harness/load-generator.ts';
import { describeMachine } from '../harness/machine.ts';
import { settle } from '../harness/settle.ts';
import { makeToken, startDoorstep } from '../harness/start-doorstep.ts';
import { withCleanup } from '../harness/with-cleanup.ts';
import { doorstepOperations } from './doorstep-operations.ts';
import { makeGraphqlContender } from './graphql-contender.ts';
import { measureGrowth } from './measure-growth.ts';
import { measureQuestions } from './measure-questions.ts';
import { measureScopes } from './measure-scopes.ts';
import { makeQuestions, type Question } from './question.ts';
import { reportReads } from './report.ts';
import { startContenders } from './start-contenders.ts';

const large = 'bench_large';
const small = { name: 'bench_small', contacts: 10_000, interactions: 50_000, scopes: false };

export function benchReads(options: BenchOptions): Promise<BenchReport> {
  const { keep, contacts, interactions, rounds, seconds, only } = options;
  const wants = (part: string): boolean => only.length === 0 || only.includes(part);
  return withCleanup(async (later) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'doorstep-bench-secret-'));
    later(() => rm(dataDir, { recursive: true }));
    const cluster = await startBenchCluster({ keep });
    later(cluster.stop);
    await loadLarge(cluster, { name: large, contacts, interactions, scopes: true }, dataDir);
    const generator = startLoadGenerator();
    later(generator.stop);

    const databaseUrl = cluster.urlOf(large);
    const contenders = await startContenders({ databaseUrl, dataDir, later });
    const [limit, short] = [
      contenders.find(({ name }) => name === 'limit')!,
      contenders.find(({ name }) => name === 'short')!,
    ];
    const questions = makeQuestions(await pickValues(cluster, large));
    const newest = findNewest(questions);
    const common = { pace: { rounds, seconds }, generator, databasePid: cluster.pid, settle: () => settle(cluster) };

    const measured = await measureQuestions(
      questions.filter(({ name }) => wants(name)),
      contenders,
      common,
    );
    const scopes = !wants('scopes')
      ? []
      : await measureScopes({
          ...common,
          pace: { ...common.pace, connections: newest.connections },
          ...{ cluster, database: large, question: newest, limit: limit.server, doorstep: short.server },
          tokenOf: (email, customer) => makeToken({ databaseUrl, dataDir }, email, customer),
        });
    const growOptions = async () => {
      await loadLarge(cluster, small, dataDir);
      const doorstep = { databaseUrl: cluster.urlOf(small.name), dataDir };
      const server = await startDoorstep(doorstep);
      later(server.stop);
      const token = await makeToken(doorstep, 'lena@doorstep.example', largeIds.customer);
      const contender = makeGraphqlContender({ name: 'short', server, token, operations: doorstepOperations });
      return { contender, question: findNewest(makeQuestions(await pickValues(cluster, small.name))) };
    };
    const growth = !wants('growth')
      ? null
      : await measureGrowth({ small: await growOptions(), large: { contender: short, question: newest } }, common);
    return reportReads({ machine: describeMachine(), rounds, questions: measured, scopes, growth });
  });
}

function findNewest(questions: readonly Question[]): Question {
  return questions.find(({ name }) => name === 'whole')!;
}
