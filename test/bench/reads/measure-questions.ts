/** The rate of every contender on every question. */
import type { LoadRequest } from '../harness/load.ts';
import { measureRounds, type Pace, type RoundsOptions, type Turn } from '../harness/measure-rounds.ts';
import { rateOf } from '../harness/ratio.ts';
import { remark } from '../harness/say.ts';
import { checkAnswers } from './check-answers.ts';
import type { Contender, ContenderName } from './contender.ts';
import type { Question } from './question.ts';

export interface QuestionResult {
  readonly question: Question;
  /** One turn a round; contenders that cannot say the question are missing. */
  readonly turns: ReadonlyMap<ContenderName, readonly Turn[]>;
}

export async function measureQuestions(
  questions: readonly Question[],
  contenders: readonly Contender[],
  options: Omit<RoundsOptions, 'pace'> & { readonly pace: Omit<Pace, 'connections'> },
): Promise<readonly QuestionResult[]> {
  const results: QuestionResult[] = [];
  // All of them first: to learn of a difference after a quarter of an hour is no fun.
  for (const question of questions) await checkAnswers(question, contenders);
  for (const question of questions) {
    remark(`measuring: ${question.title}`);
    const runners = contenders.flatMap((contender) => {
      const requests = requestsOf(contender, question);
      return requests === null ? [] : [{ name: contender.name, server: contender.server, requests }];
    });
    const pace = { ...options.pace, connections: question.connections };
    const turns = await measureRounds(runners, { ...options, pace });
    results.push({ question, turns: turns as QuestionResult['turns'] });
    remark(`  ${[...turns].map(([name, own]) => `${name} ${rateOf(own).toFixed(0)}/s`).join(', ')}`);
  }
  return results;
}

function requestsOf(contender: Contender, { name, values }: Question): readonly LoadRequest[] | null {
  const requests = values.map((value) => contender.request(name, value));
  return requests.some((request) => request === null) ? null : (requests as readonly LoadRequest[]);
}
