/** What a hundred times the data does to the latency of the same question, one request at a time. */
import { measureRounds, type RoundsOptions } from '../harness/measure-rounds.ts';
import { median } from '../harness/median.ts';
import { remark } from '../harness/say.ts';
import type { Contender } from './contender.ts';
import type { Question } from './question.ts';

export interface GrowthResult {
  /** Medians, in milliseconds. */
  readonly small: number;
  readonly large: number;
}

interface Place {
  readonly contender: Contender;
  /** The fifty newest, whole, from moments that this database has. */
  readonly question: Question;
}

export async function measureGrowth(
  places: Readonly<Record<'small' | 'large', Place>>,
  options: Omit<RoundsOptions, 'pace'> & { readonly pace: Omit<RoundsOptions['pace'], 'connections'> },
): Promise<GrowthResult> {
  remark('measuring: 50 newest, whole, in a small database and in a large one');
  const runners = Object.entries(places).map(([name, { contender, question }]) => ({
    name,
    server: contender.server,
    requests: question.values.map((value) => contender.request(question.name, value)!),
  }));
  const turns = await measureRounds(runners, { ...options, pace: { ...options.pace, connections: 1 } });
  const latency = (name: 'small' | 'large'): number => median(turns.get(name)!.map(({ medianMs }) => medianMs));
  return { small: latency('small'), large: latency('large') };
}
