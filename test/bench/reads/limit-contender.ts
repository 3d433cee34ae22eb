/** The limit, asked for the text of GraphQL's answer or, where REST has one, for the text of REST's. */
import { precinctField } from '../data/precinct-field.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import { limitPathOf } from '../limit/limit-path.ts';
import type { Contender } from './contender.ts';
import type { QuestionName, Value } from './question.ts';
import { readGraphql, readRest } from './read-answer.ts';

export interface LimitCaller {
  readonly customerId: string;
  /** What the statements take as $2. */
  readonly sees: string;
}

/** REST answers whole rows only, and relates none. */
export const restQuestions: ReadonlySet<QuestionName> = new Set(['one', 'poll', 'whole', 'custom']);

export function limitPath(statement: string, { customerId, sees }: LimitCaller, value: string): string {
  return limitPathOf(statement, [customerId, sees, value]);
}

export function makeLimitContender(server: ServerProcess, caller: LimitCaller, name: 'limit' | 'restLimit'): Contender {
  const isRest = name === 'restLimit';
  return {
    name,
    server,
    request(question, value) {
      if (isRest && !restQuestions.has(question)) return null;
      const statement = isRest ? `${question}-rest` : question;
      return { method: 'GET', path: limitPath(statement, caller, parameter(question, value)), headers: {} };
    },
    read: (question, body) => (isRest ? readRest(question, body) : readGraphql(body)),
  };
}

function parameter(question: QuestionName, value: Value): string {
  if (typeof value !== 'string') return `{${value.join(',')}}`;
  return question === 'custom' ? JSON.stringify({ [precinctField]: value }) : value;
}
