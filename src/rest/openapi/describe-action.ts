/** Actions say all of themselves as data; here it becomes an operation. */
import type { JsonObject } from '../../json.ts';
import type { ActionAnswer, ActionRoute } from '../actions/action.ts';
import { rowAnswer } from './answers.ts';
import { headersOf } from './headers.ts';
import type { Operation } from './operation.ts';
import { shared } from './parameters.ts';
import type { RestProblemCode } from './problem-examples.ts';
import { closed, pageSchema } from './row-schemas.ts';

const withBody = ['MALFORMED_JSON', 'INVALID_INPUT', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const;

export function describeAction(action: ActionRoute): Operation {
  const { name, description, body, query = [], answers, problems, isGuarded = false } = action;
  return {
    id: name,
    summary: description,
    parameters: [...query, ...(isGuarded ? [shared('etag'), shared('ifMatch')] : [])],
    ...(body === null ? {} : { body: { 'application/json': { schema: body } } }),
    answers: Object.fromEntries(answers.map((answer) => [String(answer.status), describeAnswer(answer, action)])),
    problems: [...(body === null ? [] : withBody), ...(problems as readonly RestProblemCode[])],
  };
}

function describeAnswer({ description, holds }: ActionAnswer, { of }: ActionRoute): JsonObject {
  if (holds === 'row') return rowAnswer(of, description);
  if (typeof holds === 'object' && 'content' in holds) {
    return { description, headers: headersOf('Link'), content: holds.content };
  }
  if (typeof holds === 'object') {
    const schema = pageSchema(holds.entries);
    return { description, headers: headersOf('Link'), content: { 'application/json': { schema } } };
  }
  const row = { $ref: `#/components/schemas/${of.typeName}` };
  const nothing = closed({ data: closed({}, []), meta: closed({}, []) }, ['data', 'meta']);
  const schema = holds === 'rows' ? { type: 'array', items: row } : nothing;
  return { description, headers: headersOf(), content: { 'application/json': { schema } } };
}
