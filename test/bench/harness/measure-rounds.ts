/**
 * Rates of contenders that take turns: in every round each of them has its turn, in another order, so that a slow
 * minute of the machine falls on all of them and not on whoever happened to run in it. What counts is the ratio to the
 * others within a round.
 */
import type { LoadRequest, Outcome } from './load.ts';
import type { LoadGenerator } from './load-generator.ts';
import { processorSeconds, processorSecondsOfFamily } from './processor-time.ts';
import type { ServerProcess } from './server-process.ts';

export interface Runner {
  readonly name: string;
  readonly server: ServerProcess;
  readonly requests: readonly LoadRequest[];
}

export interface Pace {
  readonly rounds: number;
  /** How long one turn lasts, about. */
  readonly seconds: number;
  readonly connections: number;
}

export interface Turn {
  readonly perSecond: number;
  readonly medianMs: number;
  /** Of processor, a request. */
  readonly microseconds: { readonly server: number; readonly database: number };
}

export interface RoundsOptions {
  readonly pace: Pace;
  readonly generator: LoadGenerator;
  /** The first process of PostgreSQL. */
  readonly databasePid: number;
  /** Called before each turn. */
  readonly settle: () => Promise<void>;
}

/** The turns of each contender, one a round. */
export async function measureRounds(
  runners: readonly Runner[],
  { pace, generator, databasePid, settle }: RoundsOptions,
): Promise<ReadonlyMap<string, readonly Turn[]>> {
  const { rounds, connections } = pace;
  const warm = new Map<string, Warm>();
  for (const runner of runners) {
    await settle();
    warm.set(runner.name, await warmUp(runner, pace, generator));
  }
  const turns = new Map<string, Turn[]>(runners.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const from = round % runners.length;
    for (const { name, server, requests } of [...runners.slice(from), ...runners.slice(0, from)]) {
      await settle();
      const { amount, bytes } = warm.get(name)!;
      // A pool that closes what nobody uses for a while begins its turn with cold connections.
      const awake = Math.max(connections, Math.min(connections * 4, Math.floor(amount / 4)));
      await generator.generate({ url: server.url, requests, connections, amount: awake });
      const usedBefore = await readUsed(server.pid, databasePid);
      const outcome = await generator.generate({ url: server.url, requests, connections, amount });
      const usedAfter = await readUsed(server.pid, databasePid);
      checkOutcome(name, outcome, amount);
      // An error in GraphQL is an answer with the status 200, but of another size.
      const size = outcome.bytes / outcome.answers;
      if (Math.abs(size - bytes) > bytes / 4)
        throw new Error(`${name} answered ${size} bytes, before it were ${bytes}`);
      turns.get(name)!.push({
        perSecond: outcome.answers / outcome.seconds,
        medianMs: outcome.medianMs,
        microseconds: {
          server: ((usedAfter.server - usedBefore.server) / amount) * 1e6,
          database: ((usedAfter.database - usedBefore.database) / amount) * 1e6,
        },
      });
    }
  }
  return turns;
}

async function readUsed(serverPid: number, databasePid: number) {
  return { server: await processorSeconds(serverPid), database: await processorSecondsOfFamily(databasePid) };
}

interface Warm {
  /** Requests that take about as long as a turn. */
  readonly amount: number;
  /** Of one answer. */
  readonly bytes: number;
}

/** Runs until code and caches are warm, and finds out how many requests make a turn. */
async function warmUp(runner: Runner, { connections, seconds }: Pace, generator: LoadGenerator): Promise<Warm> {
  const { name, server, requests } = runner;
  const least = connections * 2;
  let amount = least;
  for (let spent = 0; ;) {
    const outcome = await generator.generate({ url: server.url, requests, connections, amount });
    checkOutcome(name, outcome, amount);
    spent += outcome.seconds;
    const fitting = Math.max(least, Math.round((amount / outcome.seconds) * seconds));
    if (spent > seconds * 1.5) return { amount: fitting, bytes: outcome.bytes / outcome.answers };
    amount = Math.min(fitting, amount * 8);
  }
}

function checkOutcome(name: string, { answers, failures }: Outcome, amount: number): void {
  if (failures === 0 && answers === amount) return;
  throw new Error(`${name} failed: ${failures} failures, and ${answers} answers to ${amount} requests`);
}
