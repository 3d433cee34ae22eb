/** Doorstep's REST API: whole rows, and the filter language. */
import { precinctField } from '../data/precinct-field.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import type { Contender } from './contender.ts';
import type { QuestionName, Value } from './question.ts';
import { readRest } from './read-answer.ts';

const list = (resource: string, filter: string, sort?: readonly [string, string]): string => {
  const query = new URLSearchParams({
    limit: '50',
    filter,
    ...(sort === undefined ? {} : { sort: JSON.stringify(sort) }),
  });
  return `/v2/${resource}?${query.toString()}`;
};

const paths: Readonly<Partial<Record<QuestionName, (value: Value) => string>>> = {
  one: (id) => `/v2/interactions/${String(id)}`,
  poll: (since) => list('interactions', `/meta/modified gt "${String(since)}"`, ['meta/modified', 'ASC']),
  whole: (before) => list('interactions', `/data/timestamp lte "${String(before)}"`, ['data/timestamp', 'DESC']),
  custom: (precinct) => list('contacts', `/data/fields/${precinctField} eq "${String(precinct)}"`),
};

export function makeRestContender(server: ServerProcess, token: string): Contender {
  return {
    name: 'rest',
    server,
    request(question, value) {
      const path = paths[question]?.(value);
      return path === undefined ? null : { method: 'GET', path, headers: { authorization: `Bearer ${token}` } };
    },
    read: readRest,
  };
}
