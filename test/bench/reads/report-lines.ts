/** The results for people: rates as parts of the limit, what a request costs in processor time, and the bars. */
import { type Bar, layBars } from '../harness/bar.ts';
import { median } from '../harness/median.ts';
import { rateOf, ratioOf } from '../harness/ratio.ts';
import { layTable } from '../harness/table.ts';
import { type ContenderName, contenderNames } from './contender.ts';
import type { QuestionResult } from './measure-questions.ts';
import type { Results } from './report.ts';

type Turns = QuestionResult['turns'];

const titles: Readonly<Record<ContenderName, string>> = {
  limit: 'limit',
  short: 'short way',
  apollo: 'way off',
  restLimit: 'REST limit',
  rest: 'REST',
  usual: 'usual',
  postgraphile: 'PostGraphile',
};

export function reportLines({ machine, rounds, questions, scopes, growth }: Results, bars: readonly Bar[]) {
  const { processor, cores, gibibytes, node } = machine;
  const table = (cellOf: (name: ContenderName, turns: Turns) => string): readonly string[] =>
    layTable(
      ['question', ...Object.values(titles)],
      questions.map(({ question, turns }) => [
        question.title,
        ...contenderNames.map((name) => (turns.has(name) ? cellOf(name, turns) : '-')),
      ]),
    );
  return [
    `${processor}, ${cores} cores, ${gibibytes} GiB, Node ${node}; medians of ${rounds} rounds`,
    '',
    'Requests a second of the limit, and parts of it; of REST, parts of its own limit, whose answer is another text.',
    'REST answers whole rows of one resource: it has no words for the others.',
    ...table(showRate),
    '',
    'Microseconds of processor a request: the server + PostgreSQL',
    ...table(showEffort),
    '',
    ...scopes.map(({ groups, ofLimit }) => `50 newest, whole, in ${groups} groups: ${ofLimit.toFixed(2)} of the limit`),
    ...(growth === null
      ? []
      : [`50 newest, whole, one at a time: ${growth.small.toFixed(2)} ms, in the large ${growth.large.toFixed(2)} ms`]),
    '',
    ...layBars(bars),
  ];
}

function showRate(name: ContenderName, turns: Turns): string {
  const own = turns.get(name)!;
  if (name === 'limit' || name === 'restLimit') return rateOf(own).toFixed(0);
  return ratioOf(own, turns.get(name === 'rest' ? 'restLimit' : 'limit')!).toFixed(2);
}

function showEffort(name: ContenderName, turns: Turns): string {
  const of = (side: 'server' | 'database'): string =>
    median(turns.get(name)!.map(({ microseconds }) => microseconds[side])).toFixed(0);
  return `${of('server')} + ${of('database')}`;
}
