/** Somebody who answers the questions. */
import type { Json } from '../../../src/json.ts';
import type { LoadRequest } from '../harness/load.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import type { QuestionName, Value } from './question.ts';

export const contenderNames = ['limit', 'short', 'apollo', 'restLimit', 'rest', 'usual', 'postgraphile'] as const;

export type ContenderName = (typeof contenderNames)[number];

export interface Contender {
  readonly name: ContenderName;
  readonly server: ServerProcess;
  /** Null when the contender has no words for the question. */
  request(question: QuestionName, value: Value): LoadRequest | null;
  /** The answer in the shape of GraphQL's `data`, with the names of the schema. */
  read(question: QuestionName, body: Json): Json;
}
