/** The results, for people and for programs. */
import type { BenchReport } from '../bench.ts';
import type { Machine } from '../harness/machine.ts';
import { rateOf, ratioOf } from '../harness/ratio.ts';
import { layTable } from '../harness/table.ts';
import { type Bar, judge } from './bars.ts';
import type { ContenderName } from './contender.ts';
import type { GrowthResult } from './measure-growth.ts';
import type { QuestionResult } from './measure-questions.ts';
import type { ScopeResult } from './measure-scopes.ts';

export interface Results {
  readonly machine: Machine;
  readonly rounds: number;
  readonly questions: readonly QuestionResult[];
  readonly scopes: readonly ScopeResult[];
  readonly growth: GrowthResult | null;
}

/** Of which limit each contender's rate is a part. */
const columns: readonly (readonly [ContenderName, string, ContenderName])[] = [
  ['short', 'short way', 'limit'],
  ['apollo', 'way off', 'limit'],
  ['usual', 'usual', 'limit'],
  ['postgraphile', 'PostGraphile', 'limit'],
  ['rest', 'REST', 'restLimit'],
];

export function reportReads(results: Results): BenchReport {
  const { machine, rounds, questions, scopes, growth } = results;
  const bars = judge(questions, scopes, growth);
  return {
    lines: linesOf(results, bars),
    json: { machine, rounds, questions: questions.map(toJson), scopes, growth, bars },
  };
}

function toJson({ question, turns }: QuestionResult): object {
  const rates = [...turns].map(([name, own]) => [name, round(rateOf(own))] as const);
  const ofLimit = columns.flatMap(([name, , limit]) => {
    const [own, other] = [turns.get(name), turns.get(limit)];
    return own === undefined || other === undefined ? [] : [[name, round(ratioOf(own, other), 3)] as const];
  });
  const { title, rows } = question;
  return { name: title, rows, perSecond: Object.fromEntries(rates), ofLimit: Object.fromEntries(ofLimit) };
}

function linesOf({ machine, rounds, questions, scopes, growth }: Results, bars: readonly Bar[]): readonly string[] {
  const rate = (turns: QuestionResult['turns'], name: ContenderName): string =>
    turns.has(name) ? rateOf(turns.get(name)!).toFixed(0) : '-';
  const head = [
    'question',
    'limit/s',
    ...columns.flatMap(([name, title]) => (name === 'rest' ? ['REST limit/s', title] : [title])),
  ];
  const rows = questions.map(({ question, turns }) => {
    const ratios = columns.flatMap(([name, , limit]) => {
      const own = turns.get(name);
      const cell = own === undefined ? '-' : ratioOf(own, turns.get(limit)!).toFixed(2);
      return name === 'rest' ? [rate(turns, 'restLimit'), cell] : [cell];
    });
    return [question.title, rate(turns, 'limit'), ...ratios];
  });
  const judged = bars.map(({ what, got, bar, met }) => [what, got.toFixed(2), bar.toFixed(2), met ? 'met' : 'MISSED']);
  const { processor, cores, gibibytes, node } = machine;
  return [
    `${processor}, ${cores} cores, ${gibibytes} GiB, Node ${node}; medians of ${rounds} rounds, rates as parts of the limit`,
    '',
    ...layTable(head, rows),
    '',
    ...scopes.map(({ groups, ofLimit }) => `a caller in ${groups} groups: ${ofLimit.toFixed(2)} of the limit`),
    ...(growth === null ? [] : [`latency: ${growth.small.toFixed(2)} ms small, ${growth.large.toFixed(2)} ms large`]),
    '',
    ...layTable(['bar', 'got', 'bar', ''], judged),
  ];
}

function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
