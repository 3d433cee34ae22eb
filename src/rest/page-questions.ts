/**
 * The questions that lists are asked, kept while they are asked again: clients ask the same few with other values, and
 * making SQL of one costs as much as running it. A page behind a cursor is a question of its own.
 */
import { LRUCache } from 'lru-cache';
import { liftValues } from '../filter/lift-values.ts';
import { printFilter } from '../filter/print.ts';
import type { Given } from '../late.ts';
import type { PageQuestion } from '../read/reader.ts';
import type { ListSelection, Output } from '../read/selection.ts';

export interface AskedPage {
  readonly question: PageQuestion;
  readonly given: Given;
}

const kept = 100;

export function makePageQuestions(members: readonly Output[]): (list: ListSelection) => AskedPage {
  const questions = new LRUCache<string, PageQuestion>({ max: kept });
  return (list) => {
    const { filter, given } = liftValues(list.filter);
    const asked = { list: { ...list, filter }, members };
    if (list.page.after !== null) return { question: asked, given };
    const key = JSON.stringify([printFilter(filter), list.sort, list.page, list.deleted]);
    const question = questions.get(key) ?? asked;
    questions.set(key, question);
    return { question, given };
  };
}
