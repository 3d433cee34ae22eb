/** `deleted=include|only`: deleted rows are seen only by those who ask for them. */
import { Problem } from '../problem.ts';
import type { Deleted } from '../read/selection.ts';
import { findSingle, shorten } from './query-parameters.ts';

const choices: readonly Deleted[] = ['exclude', 'include', 'only'];

export function parseDeleted(parameters: URLSearchParams): Deleted {
  const text = findSingle(parameters, 'deleted', (why) => new Problem('MALFORMED_REQUEST', why));
  const choice = choices.find((one) => one === (text ?? 'exclude'));
  if (choice !== undefined) return choice;
  throw new Problem('MALFORMED_REQUEST', `deleted is one of ${choices.join(', ')}, not ${shorten(text ?? '')}.`);
}
