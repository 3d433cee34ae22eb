/** What was asked for, taken out of the bodies in which GraphQL and REST answer. */
import { isJsonObject, type Json } from '../../../src/json.ts';
import type { QuestionName } from './question.ts';

export function readGraphql(body: Json): Json {
  if (isJsonObject(body) && body['errors'] === undefined && body['data'] !== undefined) return body['data'];
  throw new Error(`expected data and no errors, got ${JSON.stringify(body).slice(0, 500)}`);
}

/** The row itself, or a list of rows, under the name that GraphQL gives it. */
export function readRest(question: QuestionName, body: Json): Json {
  if (question === 'one') return { interaction: body };
  if (!isJsonObject(body) || !Array.isArray(body['data'])) {
    throw new Error(`expected a list, got ${JSON.stringify(body).slice(0, 500)}`);
  }
  return { [question === 'custom' ? 'contacts' : 'interactions']: body['data'] };
}
