/** What is promised, and whether it was kept. */
import { atLeast, atMost, type Bar } from '../harness/bar.ts';
import { ratioOf } from '../harness/ratio.ts';
import type { ContenderName } from './contender.ts';
import type { GrowthResult } from './measure-growth.ts';
import type { QuestionResult } from './measure-questions.ts';
import type { ScopeResult } from './measure-scopes.ts';

export function judge(
  questions: readonly QuestionResult[],
  scopes: readonly ScopeResult[],
  growth: GrowthResult | null,
): readonly Bar[] {
  const ofScopes = scopes.map(({ groups, ofLimit }) =>
    atLeast(`a caller in ${groups} groups, of the limit`, ofLimit, 0.8),
  );
  return [...questions.flatMap(judgeQuestion), ...ofScopes, ...(growth === null ? [] : [judgeGrowth(growth)])];
}

function judgeQuestion({ question, turns }: QuestionResult): readonly Bar[] {
  const { name, title, rows, nested } = question;
  const compare = (ours: ContenderName, theirs: ContenderName, least: number): readonly Bar[] => {
    const [one, other] = [turns.get(ours), turns.get(theirs)];
    if (one === undefined || other === undefined) return [];
    return [atLeast(`${title}: ${ours} of ${theirs}`, ratioOf(one, other), least)];
  };
  const near = rows >= 50 ? 0.8 : 0.7;
  const long = { whole: 0.8, narrow: 0.5, one: 0.4 }[name as string];
  return [
    ...compare('short', 'limit', near),
    ...compare('rest', 'restLimit', near),
    ...(long === undefined ? [] : compare('apollo', 'limit', long)),
    ...compare('short', 'usual', nested ? 4 : 1),
    ...compare('short', 'postgraphile', nested ? 2 : 1),
  ];
}

function judgeGrowth({ small, large }: GrowthResult): Bar {
  return atMost('latency in the large database, of that in the small one', large / small, 1.3);
}
