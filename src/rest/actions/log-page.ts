/** Which part of a log is asked for, newest first. Pages larger than allowed are refused, not cut. */
import { Problem } from '../../problem.ts';
import { query } from '../openapi/parameters.ts';
import { findSingle } from '../query-parameters.ts';

const usual = 100;
const largest = 1_000;

export interface LogPage {
  readonly limit: number;
  /** The cursor of the entry behind which the page begins. */
  readonly after: string | null;
}

export const limitParameter = query('limit', 'How many entries at most.', {
  type: 'integer',
  minimum: 0,
  maximum: largest,
  default: usual,
});

export const cursorParameter = query('after', 'The cursor of an entry; goes on behind it.', { type: 'string' });

export function parseLogPage(parameters: URLSearchParams): LogPage {
  const text = findSingle(parameters, 'limit', invalid) ?? String(usual);
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(limit <= largest)) {
    throw invalid(`limit is a whole number from 0 to ${largest}, not ${JSON.stringify(text.slice(0, 64))}.`);
  }
  return { limit, after: findSingle(parameters, 'after', invalid) };
}

function invalid(detail: string): Problem {
  return new Problem('INVALID_PAGE', detail);
}
