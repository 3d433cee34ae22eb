/** The results, for people and for programs. */
import type { BenchReport } from '../bench.ts';
import type { Machine } from '../harness/machine.ts';
import type { Turn } from '../harness/measure-rounds.ts';
import { effortOf, rateOf, ratioOf } from '../harness/ratio.ts';
import { judge } from './bars.ts';
import { type ContenderName, contenderNames } from './contender.ts';
import type { GrowthResult } from './measure-growth.ts';
import type { QuestionResult } from './measure-questions.ts';
import type { ScopeResult } from './measure-scopes.ts';
import { reportLines } from './report-lines.ts';

export interface Results {
  readonly machine: Machine;
  readonly rounds: number;
  readonly questions: readonly QuestionResult[];
  readonly scopes: readonly ScopeResult[];
  readonly growth: GrowthResult | null;
}

export function reportReads(results: Results): BenchReport {
  const { questions, scopes, growth } = results;
  const bars = judge(questions, scopes, growth);
  return { lines: reportLines(results, bars), json: { ...results, questions: questions.map(toJson), bars } };
}

function toJson({ question, turns }: QuestionResult): object {
  const limitOf = (name: ContenderName) => turns.get(name.startsWith('rest') ? 'restLimit' : 'limit')!;
  // Null where a contender has no words for the question.
  const each = (digits: number, valueOf: (own: readonly Turn[], name: ContenderName) => number) =>
    Object.fromEntries(
      contenderNames.map((name) => {
        const own = turns.get(name);
        return [name, own === undefined ? null : Number(valueOf(own, name).toFixed(digits))];
      }),
    );
  return {
    name: question.title,
    rows: question.rows,
    perSecond: each(1, rateOf),
    ofLimit: each(3, (own, name) => ratioOf(own, limitOf(name))),
    microseconds: each(1, effortOf),
  };
}
