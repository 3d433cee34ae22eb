/** Starts everybody on the same database, each with a pool of ten connections. */
import { largeIds } from '../../../seed/large.ts';
import { compiled } from '../harness/compiled.ts';
import { makeToken, startDoorstep } from '../harness/start-doorstep.ts';
import { type Environment, type ServerProcess, startServer } from '../harness/server-process.ts';
import type { Undo } from '../harness/with-cleanup.ts';
import { startLimit } from '../limit/start-limit.ts';
import type { Contender } from './contender.ts';
import { doorstepOperations } from './doorstep-operations.ts';
import { makeGraphqlContender } from './graphql-contender.ts';
import { makeLimitContender } from './limit-contender.ts';
import { postgraphileOperations, tidyPostgraphile } from './postgraphile-operations.ts';
import { makeRestContender } from './rest-contender.ts';
import { usualOperations } from './usual-operations.ts';

export interface ContendersOptions {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly later: (undo: Undo) => void;
}

export async function startContenders({
  databaseUrl,
  dataDir,
  later,
}: ContendersOptions): Promise<readonly Contender[]> {
  const { customer, organizationGroup } = largeIds;
  const started = async (server: Promise<ServerProcess>): Promise<ServerProcess> => {
    later((await server).stop);
    return server;
  };
  const guest = (name: string, path: string, env: Environment = {}): Promise<ServerProcess> =>
    started(startServer(name, [compiled(path)], { DATABASE_URL: databaseUrl, ...env }));
  const caller = JSON.stringify({ customerId: customer, groups: [organizationGroup] });
  const doorstep = { databaseUrl, dataDir };
  const token = await makeToken(doorstep, 'lena@doorstep.example', customer);

  const limit = await started(startLimit(databaseUrl));
  const short = await started(startDoorstep(doorstep));
  const long = await started(startDoorstep({ ...doorstep, settings: { SHORT_WAY: 'off' } }));
  const usual = await guest('the usual stack', 'guests/usual/usual-server.js', { CALLER: caller });
  const postgraphile = await guest('PostGraphile', 'guests/postgraphile-server.js');

  const sees = { customerId: customer, sees: organizationGroup };
  return [
    makeLimitContender(limit, sees, 'limit'),
    makeGraphqlContender({ name: 'short', server: short, token, operations: doorstepOperations }),
    makeGraphqlContender({ name: 'apollo', server: long, token, operations: doorstepOperations }),
    makeLimitContender(limit, sees, 'restLimit'),
    makeRestContender(short, token),
    makeGraphqlContender({ name: 'usual', server: usual, operations: usualOperations }),
    makeGraphqlContender({
      ...{ name: 'postgraphile', server: postgraphile },
      ...{ operations: postgraphileOperations, tidy: tidyPostgraphile },
    }),
  ];
}
