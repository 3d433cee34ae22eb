/** The questions, and what is asked in each request. How a contender puts one into words is the contender's. */
import type { Values } from '../data/pick-values.ts';

export type QuestionName = 'one' | 'poll' | 'narrow' | 'whole' | 'related' | 'walk' | 'filtered' | 'custom';

/** What varies between two requests with the same question. */
export type Value = string | readonly string[];

export interface Question {
  readonly name: QuestionName;
  readonly title: string;
  /** In an answer, at its outermost level. */
  readonly rows: number;
  /** Rows of several resources in one answer. */
  readonly nested: boolean;
  readonly connections: number;
  readonly values: readonly Value[];
}

export function makeQuestions(values: Values): readonly Question[] {
  const { ids, futures, moments, walks, voters, precincts } = values;
  const few = { nested: false, connections: 16 };
  return [
    { ...few, name: 'one', title: 'one row by id', rows: 1, values: ids },
    { ...few, name: 'poll', title: 'a poll that finds nothing', rows: 0, values: futures },
    { ...few, name: 'narrow', title: '50 newest, two attributes', rows: 50, values: moments },
    { ...few, name: 'whole', title: '50 newest, whole', rows: 50, values: moments },
    {
      ...{ name: 'related', title: '50 newest with contact, household, campaign', rows: 50, nested: true },
      ...{ connections: 16, values: moments },
    },
    { name: 'walk', title: 'a walk of 200 households', rows: 200, nested: true, connections: 4, values: walks },
    { ...few, name: 'filtered', title: 'filter through a relation, totalCount', rows: 50, values: voters },
    { ...few, name: 'custom', title: 'filter on a custom field', rows: 50, values: precincts },
  ];
}
