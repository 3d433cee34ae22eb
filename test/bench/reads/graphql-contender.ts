/** A contender that is asked in GraphQL: the text of the operation and its variables, in every request anew. */
import type { Json } from '../../../src/json.ts';
import type { LoadRequest } from '../harness/load.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import type { Contender, ContenderName } from './contender.ts';
import type { QuestionName, Value } from './question.ts';
import { readGraphql } from './read-answer.ts';

export interface Operation {
  readonly query: string;
  readonly variables: (value: Value) => Readonly<Record<string, unknown>>;
}

export type Operations = Readonly<Record<QuestionName, Operation>>;

export interface GraphqlOptions {
  readonly name: ContenderName;
  readonly server: ServerProcess;
  readonly token?: string;
  readonly operations: Operations;
  /** Where an answer is shaped otherwise than asked. */
  readonly tidy?: (question: QuestionName, data: Json) => Json;
}

export function makeGraphqlContender({ name, server, token, operations, tidy }: GraphqlOptions): Contender {
  return {
    name,
    server,
    request: (question, value) => graphqlRequest(operations[question], value, token),
    read(question, body) {
      const data = readGraphql(body);
      return tidy === undefined ? data : tidy(question, data);
    },
  };
}

export function graphqlRequest({ query, variables }: Operation, value: Value, token?: string): LoadRequest {
  return {
    method: 'POST',
    path: '/graphql',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables: variables(value) }),
  };
}
