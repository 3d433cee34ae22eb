/** Questions have the shapes of domain.md, and the ways through the survey lead somewhere. */
import { expect, test } from 'vitest';
import { makeQuestionRows, makeSegmentRows, makeSurveyRow } from '../../../seed/survey.ts';

interface Question {
  readonly type: string;
  readonly tag: string;
  readonly options: readonly { readonly text: string }[];
  readonly choices?: readonly unknown[];
  readonly url?: string;
}

const group = '00000000-0000-8000-8000-000000000000';
const rows = makeQuestionRows(group);
const questions = new Map(rows.map(({ id, data }) => [id, data as unknown as Question]));
const steps = makeSurveyRow(group).data.questions as unknown as readonly {
  readonly questionId: string;
  readonly actions: readonly { readonly type: string; readonly optionText: string; readonly questionId?: string }[];
}[];

const optionCounts: Readonly<Record<string, readonly [number, number]>> = {
  availability: [2, Infinity],
  multiChoice: [2, Infinity],
  scale: [5, 5],
  pdf: [2, 2],
  text: [2, 2],
  multiSelect: [1, Infinity],
  verification: [1, 2],
  youtube: [1, 2],
};

test('the eight questions are of eight types', () => {
  expect(new Set([...questions.values()].map(({ type }) => type)).size).toBe(8);
});

test('each type has as many options as it may have', () => {
  for (const { type, options, choices, url } of questions.values()) {
    const [least, most] = optionCounts[type]!;
    expect(options.length).toBeGreaterThanOrEqual(least);
    expect(options.length).toBeLessThanOrEqual(most);
    expect((choices?.length ?? 0) > 0).toBe(type === 'multiSelect');
    expect(url !== undefined).toBe(type === 'pdf' || type === 'youtube');
  }
});

test("each action answers one of its question's options and leads to a question of the survey", () => {
  const known = new Set(steps.map(({ questionId }) => questionId));
  expect([...known]).toEqual([...questions.keys()]);
  for (const { questionId, actions } of steps) {
    expect(actions.map(({ optionText }) => optionText)).toEqual(
      questions.get(questionId)!.options.map(({ text }) => text),
    );
    for (const action of actions) {
      expect(action.questionId === undefined).toBe(action.type === 'end');
      if (action.questionId !== undefined) expect(known).toContain(action.questionId);
    }
  }
});

test('segments have precedences of their own and look into the contact', () => {
  const segments = makeSegmentRows(group).map(({ data }) => data);
  expect(segments.map(({ precedence }) => precedence)).toEqual([1, 2, 3, 4]);
  // The last is for everybody, as existing data says it.
  for (const { criteria } of segments.slice(0, -1)) {
    const { clauses } = criteria as { clauses: { source: string }[] };
    expect(clauses.every(({ source }) => source.startsWith('/data/'))).toBe(true);
  }
});
