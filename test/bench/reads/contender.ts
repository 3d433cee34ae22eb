/** Somebody who answers the questions. */
import type { Json } from '../../../src/json.ts';
import type { LoadRequest } from '../harness/load.ts';
import type { QuestionName, Value } from './question.ts';

export type ContenderName = 'limit' | 'restLimit' | 'short' | 'apollo' | 'rest' | 'usual' | 'postgraphile';

export interface Contender {
  readonly name: ContenderName;
  readonly url: string;
  /** Null when the contender has no words for the question. */
  request(question: QuestionName, value: Value): LoadRequest | null;
  /** The answer in the shape of GraphQL's `data`, with the names of the schema. */
  read(question: QuestionName, body: Json): Json;
}
