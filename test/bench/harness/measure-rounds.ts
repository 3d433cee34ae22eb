/**
 * Rates of contenders that take turns: in every round each of them has its turn, in another order, so that a slow
 * minute of the machine falls on all of them and not on whoever happened to run in it. What counts is the ratio to the
 * others within a round.
 */
import type { LoadRequest, Outcome } from './load.ts';
import type { LoadGenerator } from './load-generator.ts';

export interface Runner {
  readonly name: string;
  readonly url: string;
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
}

export interface RoundsOptions {
  readonly pace: Pace;
  readonly generator: LoadGenerator;
  /** Called before each turn. */
  readonly settle: () => Promise<void>;
}

/** The turns of each contender, one a round. */
export async function measureRounds(
  runners: readonly Runner[],
  { pace, generator, settle }: RoundsOptions,
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
    for (const { name, url, requests } of [...runners.slice(from), ...runners.slice(0, from)]) {
      await settle();
      const { amount, bytes } = warm.get(name)!;
      const outcome = await generator.generate({ url, requests, connections, amount });
      checkOutcome(name, outcome, amount);
      // An error in GraphQL is an answer with the status 200, but of another size.
      const size = outcome.bytes / outcome.answers;
      if (Math.abs(size - bytes) > bytes / 4)
        throw new Error(`${name} answered ${size} bytes, before it were ${bytes}`);
      turns.get(name)!.push({ perSecond: outcome.answers / outcome.seconds, medianMs: outcome.medianMs });
    }
  }
  return turns;
}

interface Warm {
  /** Requests that take about as long as a turn. */
  readonly amount: number;
  /** Of one answer. */
  readonly bytes: number;
}

/** Runs until code and caches are warm, and finds out how many requests make a turn. */
async function warmUp(runner: Runner, { connections, seconds }: Pace, generator: LoadGenerator): Promise<Warm> {
  const { name, url, requests } = runner;
  const least = connections * 2;
  let amount = least;
  for (;;) {
    const outcome = await generator.generate({ url, requests, connections, amount });
    checkOutcome(name, outcome, amount);
    const fitting = Math.max(least, Math.round((amount / outcome.seconds) * seconds));
    if (outcome.seconds > seconds / 2) return { amount: fitting, bytes: outcome.bytes / outcome.answers };
    amount = Math.min(fitting, amount * 8);
  }
}

function checkOutcome(name: string, { answers, failures }: Outcome, amount: number): void {
  if (failures === 0 && answers === amount) return;
  throw new Error(`${name} failed: ${failures} failures, and ${answers} answers to ${amount} requests`);
}
