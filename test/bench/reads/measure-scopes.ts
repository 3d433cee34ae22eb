/**
 * Callers who see one group, thirty and two thousand of a customer's three thousand: the fifty newest, whole, against
 * the best statement by hand for that caller.
 */
import { scopes, scopesCustomer } from '../data/add-scopes.ts';
import type { BenchCluster } from '../harness/bench-cluster.ts';
import { measureRounds, type RoundsOptions } from '../harness/measure-rounds.ts';
import { ratioOf } from '../harness/ratio.ts';
import { remark } from '../harness/say.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import { checkAnswers } from './check-answers.ts';
import type { Contender } from './contender.ts';
import { doorstepOperations } from './doorstep-operations.ts';
import { makeGraphqlContender } from './graphql-contender.ts';
import { limitPath } from './limit-contender.ts';
import type { Question } from './question.ts';
import { readGraphql } from './read-answer.ts';

export interface ScopeResult {
  readonly groups: number;
  readonly ofLimit: number;
}

export interface ScopesOptions extends RoundsOptions {
  readonly cluster: BenchCluster;
  readonly database: string;
  readonly limit: ServerProcess;
  readonly doorstep: ServerProcess;
  readonly tokenOf: (email: string, customer: string) => Promise<string>;
  /** The question for the fifty newest, whole. */
  readonly question: Question;
}

export async function measureScopes(options: ScopesOptions): Promise<readonly ScopeResult[]> {
  const { question, doorstep } = options;
  const results: ScopeResult[] = [];
  for (const { groups, email } of scopes) {
    remark(`measuring: 50 newest, whole, for a caller in ${groups} groups`);
    const limit = makeCallersLimit(options.limit, await writeStatement(options, groups));
    const token = await options.tokenOf(email, scopesCustomer);
    const ours = makeGraphqlContender({ name: 'short', server: doorstep, token, operations: doorstepOperations });
    await checkAnswers(question, [limit, ours]);
    const runners = [limit, ours].map((contender) => ({
      name: contender.name,
      server: contender.server,
      requests: question.values.map((value) => contender.request('whole', value)!),
    }));
    const turns = await measureRounds(runners, options);
    results.push({ groups, ofLimit: ratioOf(turns.get('short')!, turns.get('limit')!) });
  }
  return results;
}

/** The path of the limit for this caller, without the value. */
async function writeStatement(
  { cluster, database }: ScopesOptions,
  groups: number,
): Promise<(value: string) => string> {
  const set = `sees-${groups}`;
  const rows = await cluster.run<{ id: string }>(
    database,
    'SELECT security_group_id AS id FROM bench_group_sets WHERE name = $1',
    [set],
  );
  const ids = rows.map(({ id }) => id);
  const [statement, sees] =
    groups === 1 ? ['whole', ids[0]!] : groups <= 32 ? ['whole-of-few', `{${ids.join(',')}}`] : ['whole-of-many', set];
  return (value) => limitPath(statement, { customerId: scopesCustomer, sees }, value);
}

function makeCallersLimit(server: ServerProcess, pathOf: (value: string) => string): Contender {
  return {
    name: 'limit',
    server,
    request: (_question, value) => ({ method: 'GET', path: pathOf(String(value)), headers: {} }),
    read: (_question, body) => readGraphql(body),
  };
}
